# Bốn bước: ghi nhận, bàn, trao đổi, thống nhất và giữ lời. Lời gửi khách do người viết, ký tên người đó.

offer-allowed = ✓ { $name } cho phép hứa “{ $offer }”: { $reason }
read-button = Tôi đã đọc
read-title = Ghi nhận khiếu nại
read-summary = Tóm tắt một câu (khách sẽ đọc)
read-summary-hint = Việc gì, từ lúc nào, ở đâu. Khách sẽ được hỏi như vậy đã đúng chưa.
read-category-hint = Ghi tên phân loại; để trống nếu chưa rõ
read-vulnerable = Khách cần ưu tiên (già yếu, bệnh…)?
read-vulnerable-hint = Có hoặc Không
read-done =
    ✓ { $name } đã đọc và ghi nhận #{ $number }:
    { $summary }
read-asked = Đã hỏi khách như vậy đã đúng chưa.
vulnerable = Khách cần ưu tiên
yes = Có
no = Không
next-read = Đọc rồi bấm “Tôi đã đọc”: lúc đó khiếu nại mới được ghi nhận
card-summary = Tóm tắt

summary-ask =
    Khiếu nại **#{ $number }**: em đã đọc, và em hiểu như sau:
    { $summary }
    Như vậy đã đúng chưa ạ?
    — { $name }
summary-heard =
    Khiếu nại **#{ $number }**, tóm tắt:
    { $summary }
summary-right-button = Đúng rồi
summary-wrong-button = Chưa đúng
summary-wrong-title = Chưa đúng chỗ nào?
summary-wrong-label = Lời của anh/chị
summary-thanks-right = Cảm ơn anh/chị đã xác nhận.
summary-thanks-wrong = Cảm ơn anh/chị. Người xử lý đã nhận được lời sửa và sẽ trả lời.
summary-is-right = Khách xác nhận: đúng rồi
summary-is-wrong = Khách nói: chưa đúng
summary-is-open = Khách chưa xác nhận
summary-corrected = **{ $name }** nói tóm tắt chưa đúng:

promised =
    Khiếu nại **#{ $number }**: em hẹn anh/chị chậm nhất { $when }:
    { $what }
    Nếu có gì thay đổi, em sẽ báo trước giờ hẹn.
    — { $name }
promise-moved =
    Khiếu nại **#{ $number }**: em xin dời hẹn { $from } sang chậm nhất { $when }:
    { $what }
    Lý do: { $reason }
    — { $name }
promise-when = Hẹn lại lúc nào?
promise-when-hint = 9h sáng mai · trước 17h thứ Ba tuần sau · 2 tiếng nữa
promise-reason = Lý do (khách sẽ đọc)
promise-move-title = Dời lời hứa
promise-read =
    Tôi hiểu là { $when } ({ $relative }). Bấm để hẹn khách:
    { $what }
promise-which =
    Lời hứa này là lúc nào?
    { $what }
promise-done =
    🕘 { $name } hẹn khách chậm nhất { $when } ({ $relative }):
    { $what }
promise-moved-done =
    🕘 { $name } dời hẹn { $from } sang { $when }, đã báo khách:
    { $what }
    Lý do: { $reason }
promise-kept-done =
    ✓ { $name } đã giữ lời hứa:
    { $what }
promise-late-done =
    ✓ { $name } đã làm xong lời hứa, nhưng trễ:
    { $what }
promise-open = chậm nhất { $when } ({ $relative })
promise-broken = **trễ hẹn** từ { $when }
promise-kept = đã giữ (hẹn { $when })
promise-kept-late = xong trễ (hẹn { $when })
promise-moved-times = dời { $times } lần
promise-line = **{ $number }.** { $what } · { $name } · { $standing }
promise-keep-button = { $number } · Đã giữ lời
promise-move-button = { $number } · Dời hẹn
promises-of = Lời hứa của #{ $number }
promises-open = Lời hứa còn phải giữ: { $count }
promises-none = Chưa có lời hứa nào. Hẹn khách bằng `/hồ-sơ hứa`.
promises-none-open = Không còn lời hứa nào phải giữ.
handed-over = { $from } bàn giao cho { $to } { $count } hồ sơ:
handed-over-none = { $name } không có hồ sơ nào để bàn giao.

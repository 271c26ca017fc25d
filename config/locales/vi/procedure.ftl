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
vulnerable-not-said = Khách cần ưu tiên: chưa ghi nhận
vulnerable-noted = #{ $number }: khách cần ưu tiên, được xử lý trước.
vulnerable-denied = #{ $number }: đã ghi khách không thuộc diện cần ưu tiên.
severity-not-said = Mức độ: chưa ghi nhận
not-said-yet = chưa ghi nhận
vulnerable-suggested = có thể, theo lời khách: cần xác định
bar-next = Việc tiếp theo:
bar-inside = Tin nhắn trong luồng này chỉ nội bộ đọc. Khách chỉ đọc điều gửi bằng “Trả lời khách”.
bar-vulnerable = Cần ưu tiên
more-button = Thêm…
more-of = Thêm về #{ $number }:
more-none = #{ $number } hiện như sau:
pick-severity = Mức độ thế nào?
pick-vulnerable = Khách có thuộc diện cần ưu tiên?
vulnerable-yes = Có: già yếu, bệnh, mang thai, trẻ nhỏ…
vulnerable-no = Không
propose-button = Đề xuất
resume-button = Thôi chờ
card-stage = Tình trạng
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

handed-over = { $from } bàn giao cho { $to } { $count } hồ sơ:
handed-over-none = { $name } không có hồ sơ nào để bàn giao.

propose-title = Đề xuất phương án
propose-first = Phương án 1
propose-first-when = Phương án 1: hạn · giá trị
propose-second = Phương án 2
propose-second-hint = Nên có hai phương án; chỉ có một thì ghi lý do bên dưới
propose-second-when = Phương án 2: hạn · giá trị
propose-what-hint = Ai làm gì, khách cần làm gì, chi phí
propose-when-hint = 9h sáng mai · 300.000đ; không tốn gì thì bỏ trống
propose-remark = Nên chọn số mấy, vì sao
propose-remark-hint = 2: khách chỉ ở nhà cuối tuần
proposed = 🧭 { $name } đề xuất:
recommended = Nên chọn: { $number }
proposal-waits = Cần { $role } đồng ý trước khi gửi khách.
proposal-waits-for = { $role } Có đề xuất cần đồng ý: { $place }
proposal-waits-matter = #{ $number } · { $matter }
proposal-agreed = { $name } đã đồng ý.
proposal-covered = Trong thẩm quyền, gửi khách được ngay.
proposal-sent = Đã gửi khách chọn.
agree-button = Đồng ý
change-button = Sửa
change-title = Cần sửa gì?
change-label = Lời của bạn
change-asked = ✎ { $name } muốn sửa đề xuất:
    { $text }
remedies-button = Gửi khách chọn
remedies-title = Gửi phương án cho khách
remedies-label = Lời gửi khách (phương án hiện bên dưới)
remedies-draft = Cảm ơn anh/chị đã chờ. Em xin lỗi vì sự bất tiện này. Bên em có thể làm như sau, anh/chị chọn giúp em nhé:
remedy-unvalued = chưa ghi giá trị
remedy-by = chậm nhất { $when }
choose-button = Chọn { $number }
choose-only-button = Tôi đồng ý
something-else-button = Tôi muốn cách khác
something-else-label = Anh/chị mong làm thế nào?
something-else = **{ $name }** muốn cách khác:
something-else-heard = Khiếu nại **#{ $number }**: cảm ơn anh/chị. Người xử lý đã nhận được và sẽ trả lời.
ask-manager-button = Gặp quản lý
manager-asked = **{ $name }** muốn gặp quản lý.
manager-asked-for = { $role } Khách muốn gặp quản lý: { $place }
manager-is-told = Khiếu nại **#{ $number }**: bên em đã báo quản lý là anh/chị muốn nói chuyện. Các phương án ở tin trên vẫn còn, anh/chị chọn lúc nào cũng được.
talk-take-button = Tôi nói chuyện với khách
talk-taken = { $place } **{ $name }** nhận nói chuyện với khách.
talk-held-button = Đã nói chuyện
talk-held = { $place } ✓ **{ $name }** đã nói chuyện với khách.
remedy-chosen = ✓ **{ $name }** đã chọn:
    { $remedy }
remedy-chosen-until = ✓ **{ $name }** đã chọn, nay là lời hứa, chậm nhất { $when }:
    { $remedy }
agreed =
    Khiếu nại **#{ $number }**: đã thống nhất, cảm ơn anh/chị.
    { $remedy }
agreed-until =
    Khiếu nại **#{ $number }**: đã thống nhất, chậm nhất { $when }. Cảm ơn anh/chị.
    { $remedy }
note-choice-button = Khách chọn bằng lời
note-choice-title = Khách chọn bằng lời
note-choice-number = Khách chọn phương án số
note-choice-medium = Bằng cách nào
note-choice-when = Lúc nào
note-choice-when-hint = 9h sáng nay · 15:30 hôm qua; để trống là vừa xong
note-choice-text = Lời của khách, nếu cần giữ
choice-noted =
    ✓ { $name } ghi nhận khách chọn ({ $medium }, { $when }):
    { $remedy }
agreed-spoken =
    Khiếu nại **#{ $number }**: em ghi lại điều anh/chị đã đồng ý ({ $medium }):
    { $remedy }
    Nếu chưa đúng, anh/chị nhắn lại ở đây giúp em.
    — { $name }

# Khách chọn ở nơi khác.
choice-kept = Đã ghi lại và ghim trong luồng.

# Giữ bình tĩnh khi khách nặng lời.
superior-button = Báo cấp trên
superior-told = Quản lý đã được báo. Việc này không tính vào bạn; cứ bình tĩnh, khách giận là vì việc, không phải vì bạn.
superior-asked = { $role } { $name } nhờ xem cách nói chuyện của khách: { $place }
rest-button = Nghỉ 5 phút
resting = { $role } { $name } nghỉ đến { $when }. Trông giúp những việc sắp đến hạn:
resting-line = • { $place } · { $clock } { $when }
resting-free = Nghỉ đến { $when } nhé: hít thở sâu, uống cốc nước lạnh. Không có việc nào của bạn đến hạn trong lúc đó.
resting-covered = Nghỉ đến { $when } nhé: hít thở sâu, uống cốc nước lạnh. Đồng nghiệp đã được nhờ trông { $count } việc sắp đến hạn; giờ hẹn với khách không đổi.

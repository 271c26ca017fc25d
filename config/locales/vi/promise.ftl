# Lời hứa: đã hứa, dời, đã giữ; có lời hứa là một cuộc hẹn.
file-promises = Lời hứa
file-promise = Số, người hứa
file-made-at = Hứa lúc
file-moved-from = Dời từ
file-promise-open = Còn hạn
file-promise-broken = Trễ, chưa xong
file-promise-late = Xong trễ
file-promise-kept = Đã giữ
file-promise-released = Không còn hiệu lực
file-post-promised = lời hứa
file-post-promise-moved = dời lời hứa
file-post-promise-kept = xong trước hẹn
file-appointment-call = Hẹn gọi điện
file-appointment-visit = Hẹn đến nhà
file-post-appointment = nhắc cuộc hẹn theo lời hứa
file-fact-appointment-reminded = Nhắc khách cuộc hẹn theo lời hứa
file-word-promise = lời hẹn
file-fact-promised = Hứa
file-fact-promise-moved = Dời lời hứa
file-fact-promise-kept = Giữ lời hứa
command-case-promise = hứa
command-case-promise-about = Hẹn khách một việc chậm nhất lúc nào (hua, hen khach)
command-case-promises = lời-hứa
command-case-promises-about = Xem, giữ hoặc dời lời hứa (loi hua)
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
promise-kept-told =
    Khiếu nại **#{ $number }**: việc em đã hẹn
    { $what }
    đã xong trước hẹn:
    { $outcome }
    — { $name }
appointment-call = gọi điện cho anh/chị
appointment-visit = đến nhà anh/chị
appointment-made =
    Khiếu nại **#{ $number }**: em hẹn { $how } lúc { $when }:
    { $what }
    Trước giờ hẹn sẽ có tin nhắc. Nếu giờ này không tiện, anh/chị nhắn lại ở đây.
    — { $name }
appointment-reminder =
    Khiếu nại **#{ $number }**: nhắc cuộc hẹn: { $name } sẽ { $how } lúc { $when }:
    { $what }
    Nếu giờ này không còn tiện, anh/chị nhắn lại ở đây.
refusal-no-promise = Không có lời hứa { $number } nào đang mở.
refusal-promise-past = { $when } đã qua rồi. Hẹn một lúc sắp tới nhé.
refusal-promise-far = { $when } xa quá một năm. Hẹn một lúc gần hơn nhé.
refusal-promise-over = Lời hứa đã đến hạn { $when } nên không dời được nữa. Làm xong thì bấm “Đã giữ lời”; báo khách bằng một câu trả lời.
refusal-promise-unmoved = Lời hứa vốn đã là { $when }.
promise-released = không còn hiệu lực
promise-when = Hẹn lại lúc nào?
promise-when-hint = 9h sáng mai · trước 17h thứ Ba tuần sau · 2 tiếng nữa
promise-reason = Lý do (khách sẽ đọc)
promise-move-title = Dời lời hứa
promise-read =
    Tôi hiểu là { $when } ({ $relative }). Bấm để hẹn khách:
    { $what }
promise-passed =
    { $when } đã qua rồi. Ý bạn là lúc nào?
    { $what }
promise-which =
    Lời hứa này là lúc nào?
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
promise-kept-title = Xong trước hẹn
promise-kept-label = Kết quả, khách sẽ đọc

# Rút, gộp: những cách khép lại một khiếu nại mà không phải đã giải quyết xong.

withdraw-choose = Rút một khiếu nại
withdraw-title = Rút khiếu nại này?
withdraw-label = Lý do, nếu anh/chị muốn cho biết
withdraw-hint = Gửi là rút. Nếu đổi ý, anh/chị nhắn lại trong 14 ngày.
withdrawn = Khiếu nại **#{ $number }** đã được rút theo ý anh/chị. Nếu đổi ý, anh/chị nhắn lại trong 14 ngày.
withdrawn-by = **{ $name }** đã rút khiếu nại.
withdrawal-noted =
    ✓ { $name } ghi nhận khách rút #{ $number } ({ $medium }):
    { $text }
customer-withdrawn = Khiếu nại **#{ $number }**: bên em ghi nhận anh/chị muốn rút khiếu nại này. Nếu không đúng, anh/chị nhắn lại tại đây trong 14 ngày, khiếu nại sẽ được mở lại.
medium-phone = qua điện thoại
medium-mail = qua thư
medium-in-person = gặp trực tiếp

merged = ✓ { $name } gộp #{ $from } vào #{ $into }: { $place }
merged-into = Từ nay khiếu nại này được xử lý trong #{ $number }: { $place }
merged-from = Từ nay #{ $number } ({ $place }) được xử lý ở đây. Khách đã viết:
customer-merged = Khiếu nại **#{ $from }** và **#{ $number }** của anh/chị là một việc, bên em xử lý chung trong **#{ $number }**. Anh/chị không cần viết lại điều gì.

# Quà cảm ơn, sau khi việc chính đã xong.

state-refused = đã từ chối, có gửi anh/chị lý do
state-withdrawn = anh/chị đã rút
state-merged = được xử lý trong #{ $number }

# Khách nói chuyện ở kênh khác: điện thoại, thư, tại quầy.
line-spoken = Báo khách { $medium }
source-logged-by = { $medium }, { $name } ghi lại
next-tell = Báo khách điều đang chờ báo trong luồng
customer-spoke = **{ $name }** nói ({ $medium }):
customer-spoke-at = **{ $name }** nói ({ $medium }, { $when }):
to-tell = ☎ Báo { $name } { $medium }:
told-button = Đã báo khách
told-by-voice = ✓ { $name } đã báo khách.
speech-noted = Đã ghi lời khách nói ({ $medium }) vào #{ $number }.
logged = Đã ghi khiếu nại **#{ $number }**. Báo khách số này để khách tiện hỏi lại.
logged-on-discord = Đã ghi khiếu nại **#{ $number }**. Khách cũng nhận được tin xác nhận trên Discord.
logged-tell =
    Nói với khách:
    { $line }
log-title = Ghi khiếu nại khách nói
log-title-more = Khách nói thêm điều gì?
log-name = Tên khách
log-words = Khách nói gì (lời của khách)
log-contact-hint = Để tìm lại và gọi lại khách
reply-spoken = ✓ đã nói với khách { $medium }
receipt-logged =
    Em đã ghi lại khiếu nại **#{ $number }** theo lời anh/chị:
    { $words }
    Trong vòng { $within } sẽ có người đọc. Nếu có chỗ chưa đúng, anh/chị nhắn ở đây nhé.
find-heading = Tìm “{ $query }”: { $count }
find-left-out = Chỉ tìm theo { $most } từ đầu; chưa dùng đến: { $words }
find-none = Không tìm thấy khiếu nại nào có “{ $query }”. Thử ít chữ hơn; viết có dấu hay không dấu đều được.
stage-filed = mới đến
stage-recorded = đang xử lý
stage-resolved = đã giải quyết
stage-closed = đã đóng
stage-dismissed = đã loại
agreed-alone-told = { $role } { $name } đã tự đồng ý việc mình soạn ở { $place }, vì không có quản lý nào khác ([approvals] alone). Hồ sơ có ghi.

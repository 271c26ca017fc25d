# Từ chối có lý do, rút, gộp: những cách khép lại một khiếu nại mà không phải đã giải quyết xong.

refuse-title = Từ chối, có lý do
refuse-reason = Lý do (khách sẽ đọc)
refuse-reason-hint = Đã kiểm tra những gì, kết quả ra sao, vì sao không làm như khách mong được
refuse-basis = Căn cứ (luật, điều khoản hợp đồng)
refuse-basis-hint = Bắt buộc với khách cần ưu tiên
refuse-recourse = Khách còn có thể làm gì
recourse-draft = Nếu anh/chị không đồng ý, anh/chị bấm nút bên dưới hoặc nhắn lại tại đây, quản lý bên em sẽ xem lại. Anh/chị cũng có quyền gửi yêu cầu đến cơ quan bảo vệ quyền lợi người tiêu dùng ở địa phương.
refusal-drafted = ✋ { $name } soạn lời từ chối:
refusal-basis = Căn cứ: { $basis }
refusal-waits = Khách chưa nhận được gì. Cần một quản lý đồng ý, không phải người soạn.
next-refusal = Chờ quản lý xem lời từ chối
refusal-waits-for = { $role } Có lời từ chối cần đồng ý: { $place }
refusal-agree-button = Đồng ý và gửi khách
refusal-agreed = { $name } đã đồng ý; lời từ chối được gửi khách. Khách có 14 ngày để phản đối.
refusal-agreed-alone = { $name } tự đồng ý vì bàn này không có quản lý nào khác, và việc đó được ghi vào hồ sơ. Lời từ chối được gửi khách; khách có 14 ngày để phản đối.
refusal-returned =
    ✎ { $name } muốn sửa lời từ chối:
    { $text }
refusal-objected = **{ $name }** không đồng ý với lời từ chối:
refusal-objected-for = { $role } Khách không đồng ý với lời từ chối: { $place }
customer-refused =
    Khiếu nại **#{ $number }**: em xin lỗi, bên em không làm được điều anh/chị mong. Lý do:
    { $body }
    — { $name }
object-button = Tôi không đồng ý
object-label = Anh/chị không đồng ý chỗ nào?
objection-heard = Khiếu nại **#{ $number }** đã được mở lại và quản lý đã được báo. Sẽ có người trả lời anh/chị ở đây. Cảm ơn anh/chị đã nói rõ.

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

promise-released = không còn hiệu lực
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

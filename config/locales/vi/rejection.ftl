# Từ chối có lý do, và những gì khách còn có thể làm.
file-refusals = Từ chối
file-refusal = Số, người soạn
file-basis = Căn cứ
file-recourse = Khách còn có thể
file-post-refused = từ chối
file-word-refusal = văn bản từ chối
file-fact-refusal-drafted = Soạn lời từ chối
file-fact-refusal-returned = Muốn sửa lời từ chối
file-fact-refusal-agreed = Đồng ý từ chối
file-fact-refusal-objected = Khách không đồng ý với lời từ chối
command-case-refuse = từ-chối
command-case-refuse-about = Từ chối có lý do, sau khi một quản lý khác đồng ý (tu choi)
nudge-do-refusal = Trước hạn này, khách phải nhận được lời từ chối kèm lý do.
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
refusal-no-basis = Khách này cần được ưu tiên: lời từ chối phải ghi rõ căn cứ (luật hoặc điều khoản hợp đồng).

# Dữ liệu của chính người hỏi: đang giữ gì, tải về, xóa, và yêu cầu khác. Phần sau dành cho quản lý.

data-heading = **Dữ liệu của anh/chị tại { $company }**
data-open = Khiếu nại đang xử lý: { $count } ({ $numbers })
data-ended = Khiếu nại đã khép lại: { $count } ({ $numbers })
data-figures = Tin của anh/chị: { $messages } · câu trả lời cho anh/chị: { $replies } · tệp: { $files } · đánh giá: { $ratings } · số liên hệ: { $contacts }
data-drafts = Tin anh/chị chưa gửi thành khiếu nại: { $count }
data-waiting = Yêu cầu **#{ $number }** về dữ liệu của anh/chị: sẽ có người trả lời, chậm nhất { $due }.
data-nothing = Ở đây bên em không giữ khiếu nại hay tin nhắn nào của anh/chị.
data-language-chosen = Ngôn ngữ anh/chị đã chọn: { $lang }
data-language-seen = Ngôn ngữ Discord của anh/chị, để bên em viết cho đúng: { $lang }
data-language-vi = tiếng Việt
data-language-en = tiếng Anh
data-purpose = Để làm gì: giải quyết khiếu nại của anh/chị, và làm hồ sơ mà luật yêu cầu lưu.
data-until = Giữ bao lâu: { $keep } sau khi khiếu nại khép lại. Sau đó tên, lời của anh/chị và lời bên em gửi anh/chị đều được xóa; chỉ còn số liệu không dẫn về ai.
data-until-first = Hồ sơ đầu tiên được xóa vào { $day }.
data-rights = Quyền của anh/chị: xem, tải về, xóa; yêu cầu sửa, hạn chế sử dụng, phản đối, rút lại sự đồng ý. Trong { $within } sẽ có người trả lời.
data-working-days = { $count } ngày làm việc
data-export-button = Xuất dữ liệu
data-erase-button = Xóa
data-ask-button = Yêu cầu khác
data-exported = Tệp này có những gì bên em giữ về anh/chị: lời anh/chị viết và lời đã gửi anh/chị. Chỉ anh/chị thấy tin này.
data-goes = **Xóa ngay, không khôi phục được:**
data-goes-nothing = Hiện không có gì của anh/chị có thể xóa ngay.
data-stays = **Tạm thời còn giữ:**
data-stays-open = khiếu nại đang xử lý ({ $numbers }): giữ nguyên để giải quyết cho xong
data-stays-ended = hồ sơ của { $numbers }: luật yêu cầu lưu. Chậm nhất { $day }, mọi điều dẫn về anh/chị trong đó được xóa.
data-item-drafts = { $count } tin anh/chị chưa gửi, cùng tệp kèm theo
data-item-contacts = { $count } số liên hệ
data-item-wishes = mong muốn anh/chị ghi ở { $count } khiếu nại
data-item-words = lời viết thêm ở { $count } lần đánh giá
data-item-language = ngôn ngữ bên em đã ghi
data-erase-now-button = Xóa ngay
data-erased = Đã xóa hẳn: { $items }.
data-ask-title = Về dữ liệu của anh/chị
data-ask-label = Anh/chị muốn bên em làm gì?
data-ask-hint = Ví dụ: sửa tên, không dùng số điện thoại nữa, phản đối, rút lại sự đồng ý
data-asked =
    Yêu cầu **#{ $number }** về dữ liệu của anh/chị đã được ghi lại. Sẽ có người trả lời, chậm nhất { $due }.
    Câu trả lời đến qua tin nhắn riêng của tôi.
data-answer-heading = Yêu cầu #{ $number } về dữ liệu của anh/chị
data-thread-name = Yêu cầu dữ liệu #{ $number }

request-told = { $role } Yêu cầu dữ liệu **#{ $number }** của { $name }. Theo luật phải trả lời chậm nhất { $due }:
request-erased = Yêu cầu dữ liệu **#{ $number }** của { $name }, đã làm ngay: xóa { $items }. Không cần làm gì thêm.
request-button = Trả lời
request-title = Trả lời yêu cầu dữ liệu
request-label = Lời trả lời, như khách sẽ đọc
request-answering = Lời trả lời yêu cầu dữ liệu #{ $number } đang được chuyển đến { $name }.
request-answered = { $name } đã trả lời, { $when }:
request-delivered = đã chuyển đến khách
request-undelivered = chưa đến được khách
request-on-its-way = đang chuyển
request-remind = { $role } Yêu cầu dữ liệu **#{ $number }** của { $name } đang chờ trả lời; theo luật hạn là { $due }.
request-missed = { $role } Yêu cầu dữ liệu **#{ $number }** của { $name } chưa được trả lời khi đã { $due }. Đã quá hạn luật định; xin trả lời ngay.
request-was-missed = Đã quá hạn: { $due }
request-unreached = { $role } Lời trả lời yêu cầu dữ liệu **#{ $number }** chưa đến được { $name }: tin nhắn riêng đang đóng và không mở được luồng riêng. Xin liên hệ bằng cách khác.
card-nobody = (đã xóa: hết thời gian lưu)

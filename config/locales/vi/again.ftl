# Lời khi bàn hỏi lại: có việc mới mà người bấm chưa thấy, hoặc nội dung chưa gửi được. Không ai phải gõ lại.

refusal-unseen = Chưa làm gì cả: từ lúc anh/chị mở, khiếu nại này có tin mới.
refusal-several = Chưa được, vì:
unseen-wrote = { $when } · **{ $name }** viết:
unseen-edited = { $when } · **{ $name }** sửa tin nhắn thành:
unseen-deleted = { $when } · **{ $name }** xóa một tin nhắn.
unseen-chose = { $when } · **{ $name }** đã chọn phương án.
unseen-reopened = { $when } · **{ $name }** mở lại khiếu nại.
unseen-withdrew = { $when } · **{ $name }** rút khiếu nại.
unseen-replied = { $when } · **{ $name }** đã trả lời khách:
unseen-asked = { $when } · **{ $name }** đã hỏi khách:
unseen-promised = { $when } · **{ $name }** đã hứa với khách:
unseen-moved = { $when } · **{ $name }** đã dời một lời hứa:
unseen-kept = { $when } · **{ $name }** ghi một lời hứa đã giữ.
unseen-proposed = { $when } · **{ $name }** đề xuất phương án:
unseen-sent = { $when } · **{ $name }** đã gửi khách chọn phương án.
unseen-resolved = { $when } · **{ $name }** đã báo khách kết quả:
unseen-refused = { $when } · **{ $name }** đã từ chối hoặc đóng khiếu nại.
unseen-gave = { $when } · **{ $name }** đã tặng khách thêm.
unseen-customer = Khách
again-written = Nội dung anh/chị đã viết:
again-send = Vẫn gửi
again-do = Vẫn làm
again-open = Mở lại biểu mẫu
again-say = Gửi thành tin nhắn
again-times = Chọn giờ cho “{ $written }” là gửi luôn, không cần gõ lại:
settled-claimed = ✋ { $name } nhận xử lý.

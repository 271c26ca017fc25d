# Lời gửi đến khách hàng. Tin tự động chỉ có lời cảm ơn, sự việc và giới hạn đã công bố; lời xin lỗi, đồng cảm
# và lời hứa do người viết, ký tên người đó.

panel =
    {"**"}{ $company } lắng nghe**
    Có việc chưa vừa lòng? Anh/chị bấm nút bên dưới, viết vài dòng là xong, chưa đến một phút.
    Trong vòng { $within } sẽ có người đọc. Anh/chị cũng có thể nhắn tin riêng cho tôi.
panel-button = Gửi khiếu nại
privacy = { $company } chỉ giữ những gì anh/chị viết và gửi kèm để giải quyết khiếu nại này và làm hồ sơ mà luật yêu cầu; { $keep } sau khi xong việc, hồ sơ không còn dẫn về anh/chị. Xem, tải về hoặc xóa: /dữ-liệu-của-tôi.
privacy-short = Chỉ dùng để giải quyết khiếu nại này; giữ { $keep } sau khi xong việc.
form-title = Gửi khiếu nại
form-words = Chuyện gì đã xảy ra?
form-words-hint = Viết theo cách của anh/chị. Từ lúc nào, ở đâu, việc gì.
form-wish = Anh/chị mong được giải quyết thế nào?
form-contact = Số hợp đồng hoặc điện thoại
form-contact-hint = Không bắt buộc. Chỉ người xử lý xem được.

receipt =
    Cảm ơn anh/chị đã cho biết. Khiếu nại **#{ $number }** đã được ghi lại.
    Trong vòng { $within } sẽ có người đọc.
receipt-queue = Lúc này có { $count } khiếu nại đang chờ người đọc, nên câu trả lời đầu tiên có thể lâu hơn thường lệ. Không khiếu nại nào bị bỏ sót.
receipt-incident = Nhiều khách đang gặp cùng sự cố này. Khiếu nại của anh/chị nằm trong danh sách của sự cố và sẽ có người mở ra xem.
receipt-follow-direct = Câu trả lời sẽ đến qua tin nhắn riêng của tôi; nếu anh/chị không nhận tin nhắn riêng, tôi mở một luồng riêng tại đây.
receipt-follow-thread = Câu trả lời sẽ đến trong một luồng riêng chỉ có anh/chị và bộ phận chăm sóc.
receipt-again =
    Cảm ơn anh/chị. Khiếu nại **#{ $number }** đã được ghi lại; trong vòng { $within } sẽ có người đọc.
    Anh/chị cứ nhắn tiếp ở đây, mọi lời đều đến bộ phận chăm sóc.
receipt-unsent =
    Cảm ơn anh/chị. Những gì anh/chị nhắn đã được ghi thành khiếu nại **#{ $number }** để không ai bỏ sót; trong vòng { $within } sẽ có người đọc.
    Anh/chị cứ nhắn tiếp ở đây, mọi lời đều đến bộ phận chăm sóc.
file-left-behind = Tệp kèm theo chưa tải được; anh/chị gửi lại tệp qua tin nhắn riêng cho tôi giúp nhé.
file-over-quota = 📎 Tệp kèm theo chưa nhận được vì phần lưu tệp của anh/chị đã đầy; lời của anh/chị đã được ghi lại đủ, và nhân viên biết là còn tệp này.
language-other = English

draft-shown =
    Tôi nhận được lời anh/chị:
    { $words }
draft-files = Kèm { $count } tệp.
draft-desk = Gửi tới: **{ $desk }**
draft-ask = Anh/chị gửi thành khiếu nại để có người xem và trả lời nhé?
draft-choose-desk = Anh/chị muốn gửi đến nơi nào?
draft-send = Gửi
draft-drop = Không phải khiếu nại
draft-dropped = Vâng, tôi không ghi lại. Cảm ơn anh/chị. Khi cần, anh/chị cứ nhắn vào đây.
draft-settled = Đã ghi thành khiếu nại.

signed =
    { $text }
    — { $name }
reply-heading = Trả lời khiếu nại #{ $number }
outcome =
    Khiếu nại **#{ $number }** đã được giải quyết:
    { $outcome }
rating-question = Anh/chị có thể dành 1 phút để đánh giá chất lượng tư vấn của em không ạ?
rating-later = Khiếu nại **#{ $number }**, kết quả bên em đã báo ở tin trước:
rating-from = — { $name }
rating-scale = 1 ★ rất không hài lòng · 5 ★ rất hài lòng
rating-reminder = Khiếu nại #{ $number }: nếu tiện, anh/chị bấm số sao ở tin phía trên giúp nhé. Chỉ một lần nhắc này thôi. Cảm ơn anh/chị.
rating-late = Phần đánh giá của khiếu nại #{ $number } đã khép lại. Cảm ơn anh/chị.
ask-fixed = Cảm ơn anh/chị, đã ghi { $stars }. Việc của anh/chị đã xong chưa?
fixed-yes = Rồi
fixed-partly = Một phần
fixed-no = Chưa
thanks-fixed = Cảm ơn anh/chị. Khiếu nại được khép lại; nếu có gì phát sinh trong 14 ngày, anh/chị trả lời tin này là mở lại được.
thanks-partly = Cảm ơn anh/chị. Người xử lý sẽ thấy là việc mới xong một phần; anh/chị viết thêm phần còn lại giúp nhé.
thanks-not-fixed = Cảm ơn anh/chị đã nói thật. Quản lý được báo ngay. Anh/chị bấm nút dưới đây để mở lại khiếu nại.
thanks-reopened = Khiếu nại đã mở lại. Người xử lý được báo ngay; anh/chị cứ nhắn thêm ở đây.
thanks-word = Lời của anh/chị đã đến nơi.
reopen-button = Mở lại
open-again = Bên em cảm ơn anh/chị. Khiếu nại **#{ $number }** đã xong; nếu việc chưa xong, anh/chị bấm nút bên dưới.
open-again-button = Chưa xong? Mở lại
word-button = Viết thêm
word-title = Viết thêm
word-label = Lời của anh/chị
customer-reopened = Khiếu nại **#{ $number }** được mở lại để xử lý tiếp. Anh/chị cứ nhắn thêm ở đây.
customer-closed = Khiếu nại **#{ $number }** được khép lại vì không có thêm tin. Trong 7 ngày tới, anh/chị trả lời tin này là mở lại được. Cảm ơn anh/chị.
customer-dismissed = Khiếu nại **#{ $number }** được khép lại: { $reason }. Nếu chưa đúng, anh/chị nhắn lại ở đây để có người xem.
reason-test = đây là tin thử
reason-duplicate = việc này đang được xử lý ở một khiếu nại khác của anh/chị
reason-not-a-complaint = đây không phải là khiếu nại
reason-spam = tin rác
incident-told =
    Về việc anh/chị báo, đây là thông tin đã được xác nhận:
    { $text }
    Khiếu nại của anh/chị vẫn có người đọc riêng.
how-to-write = Tôi thấy anh/chị vừa viết nhưng không đọc được nội dung. Anh/chị bấm *Nhắn cho chúng tôi*, hoặc trả lời một tin của tôi, để lời đến đúng người nhé.
write-button = Nhắn cho chúng tôi
write-title = Nhắn cho chúng tôi
write-label = Lời nhắn
sorted = Đã chuyển tin vừa rồi vào khiếu nại **#{ $number }**. Nếu là việc khác, anh/chị bấm nút này.
sorted-button = Khiếu nại khác
sorted-new = Việc mới, chưa có khiếu nại
sorted-choose = Tin vừa rồi thuộc khiếu nại nào?
heard = Đã chuyển đến người xử lý khiếu nại #{ $number }. Cảm ơn anh/chị.
private-thread-name = Khiếu nại #{ $number }
private-thread-opened = { $customer } Tin nhắn riêng của anh/chị đang đóng, nên mọi trả lời cho khiếu nại **#{ $number }** sẽ đến ở đây. Chỉ anh/chị và bộ phận chăm sóc thấy luồng này.
private-thread-preferred = { $customer } Mọi trả lời cho khiếu nại **#{ $number }** sẽ đến ở đây. Chỉ anh/chị và bộ phận chăm sóc thấy luồng này.
automatic = Tin tự động

mine-none = Anh/chị chưa có khiếu nại nào ở đây.
mine-heading = Khiếu nại của anh/chị
mine-line = **#{ $number }** · { $matter } — { $state }
state-filed = chờ người đọc, chậm nhất { $when }
state-recorded = { $name } đang xử lý
state-waiting = { $name } đang xử lý, hẹn trả lời trước { $when }
state-resolved = đã giải quyết
state-closed = đã khép lại
state-dismissed = đã khép lại, không phải khiếu nại

# Lời về sự cố, dành cho nhân viên, quản lý, hội sở. Câu gửi khách nằm trong playbooks/.

incident-time = { $time } { $day }/{ $month }
incident-title = Sự cố #{ $number } · { $title }
incident-version = bản { $version }
incident-waiting = ⏳ **CHỜ DUYỆT**: { $name } soạn { $when }. Chưa dùng với khách.
incident-approved = ✅ **ĐÃ DUYỆT**: { $name } duyệt { $when }.
incident-superseded = ⛔ **BẢN CŨ, ĐỪNG DÙNG**: đã thay bằng bản { $version }.
incident-over = 🏁 **ĐÃ KẾT THÚC**: từ { $from } đến { $to }. Đừng dùng các câu này nữa.
incident-over-unsince = 🏁 **ĐÃ KẾT THÚC** { $to }. Đừng dùng các câu này nữa.
incident-replaces = Bản này thay cho mọi bản trước.
incident-line = Câu cho khách
incident-line-vi = Câu cho khách, tiếng Việt
incident-line-en = Câu cho khách, tiếng Anh
incident-news = Có gì mới
incident-known = Đã biết
incident-unknown = Chưa biết
incident-doing = Đang làm
incident-customer-can = Khách làm được ngay
incident-never-say = Đừng nói
incident-empathy = Lời đồng cảm (chọn, sửa theo việc của khách, gửi dưới tên mình)
incident-questions = Câu hỏi làm rõ
incident-options = Cách để khách chọn
incident-option = { $text } ({ $approver })
incident-more = { $field } (tiếp)
incident-cut = … còn nữa trong tệp kịch bản
approver-staff = nhân viên tự quyết
approver-manager = quản lý duyệt
approver-head-office = hội sở duyệt
incident-escalation = Báo ngay cho ai
incident-next-update = Tin tiếp theo
incident-request = { $role } Nội dung phát ngôn của sự cố #{ $number } đang chờ duyệt. Đọc hết rồi bấm Duyệt; chưa duyệt thì chưa ai dùng.
incident-remind = { $role } Sự cố #{ $number } ({ $title }): đã hẹn khách có tin tiếp theo lúc { $due } ({ $relative }). Dùng `/sự-cố cập-nhật`, kể cả khi chưa có gì mới.
approve-button = Duyệt

slot-area = Khu vực, phạm vi
slot-area-hint = Ví dụ: Quận 7 và Nhà Bè
slot-since = Từ lúc nào
slot-since-hint = 17:30, hoặc 24/11 17:30
slot-next-update = Tin tiếp theo lúc nào
slot-next-update-hint = 30m, 17:30, hoặc 26/11 8:00
slot-news = Có gì mới
slot-news-hint = Chưa có gì mới cũng nói rõ như vậy
incident-form-declare = Khai báo: { $title }
incident-form-update = Cập nhật sự cố #{ $number }

slot-empty = Mục “{ $slot }” còn trống. Viết như: { $hint }.
slot-not-understood = Mục “{ $slot }” chưa hiểu được: “{ $written }”. Viết như: { $hint }.
slot-not-past = Mục “{ $slot }”: “{ $written }” còn ở phía trước (bây giờ là { $now }). Nếu là hôm trước, thêm ngày, như 24/11 17:30.
slot-not-future = Mục “{ $slot }”: “{ $written }” đã qua (bây giờ là { $now }). Viết một lúc sắp tới, như 30m hoặc 17:30.
slot-needs-date = Mục “{ $slot }”: “{ $written }” hôm nay đã qua (bây giờ là { $now }). Nếu là ngày mai, thêm ngày, như: mai { $written }.
slot-too-far = Mục “{ $slot }”: “{ $written }” xa quá. Viết ngày giờ đầy đủ, như 25/11/2026 17:30; tin tiếp theo trong vòng 30 ngày.
slot-too-long = Mục “{ $slot }” dài { $length } ký tự; tối đa { $limit }, để câu cho khách không quá 280 ký tự.
slot-your-words = Lời bạn vừa viết, để chép lại:

incident-declared-waiting = Đã khai báo sự cố #{ $number }. Nội dung đang chờ hội sở duyệt ở { $channel }; tin tiếp theo hẹn { $next }.
incident-declared-approved = Đã khai báo sự cố #{ $number }. Nội dung đang được đăng ở { $channel } và vào các luồng liên quan; tin tiếp theo hẹn { $next }.
incident-updated-waiting = Đã soạn bản { $version } của sự cố #{ $number }. Bản này chờ hội sở duyệt ở { $channel }; trong lúc chờ, bản đang dùng vẫn giữ. Tin tiếp theo hẹn { $next }.
incident-updated-approved = Bản { $version } của sự cố #{ $number } đang được đăng ở { $channel } và vào các luồng liên quan; các bản trước không còn dùng. Tin tiếp theo hẹn { $next }.
incident-unpromised = chưa hẹn
incident-resolved = Sự cố #{ $number } đã kết thúc. Không khách nào được báo câu này nữa. Các khiếu nại vẫn mở: hỏi từng khách xem đã ổn chưa rồi mới khép lại.

incident-list = 📋 **{ $title }**: { $count } khiếu nại đang chờ trong danh sách, lâu nhất { $since }. Khách đã nhận câu được duyệt. Bấm để mở hồ sơ: có thẻ và luồng riêng.
incident-list-empty = 📋 **{ $title }**: không còn ai chờ trong danh sách.
list-open-one = Mở hồ sơ chờ lâu nhất
list-open-many = Mở { $count } hồ sơ
list-opened = Đã mở { $count } hồ sơ; thẻ sẽ hiện trong kênh này.

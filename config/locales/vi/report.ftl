# Báo cáo cho quản lý (/report overview). Giữ nhãn ngắn: biểu đồ phải đọc được trên điện thoại.

report-title = Báo cáo khiếu nại
report-today = Hôm nay
report-yesterday = Hôm qua
report-last-7-days = 7 ngày qua
report-last-30-days = 30 ngày qua
report-this-month = Tháng này
report-last-month = Tháng trước
report-compared = so với

report-complaints = Khiếu nại
report-received = Tiếp nhận
report-resolved = Đã giải quyết
report-open = Đang xử lý
report-reopened = Mở lại
report-dismissed = Đã loại
report-without-clock = Không có thời hạn

report-deadlines = Thời hạn
report-met = Đúng hạn
report-missed = Trễ hạn

report-times = Thời gian
report-reply = Trả lời khách
report-resolution = Giải quyết xong
report-median = trung vị
report-p90 = P90
report-duty = trong giờ trực
report-wall = cả ngày đêm
report-unanswered = Tin khách đang chờ trả lời

report-ratings = Đánh giá
report-mean = Điểm trung bình
report-satisfied = Hài lòng (4–5 sao)
report-response = Tỷ lệ phản hồi
report-coverage = Được mời đánh giá
report-fixed = Đã khắc phục

report-promises = Lời hứa, quà tặng
report-kept = Giữ đúng hẹn
report-broken = Thất hẹn
report-moved = Dời trước hạn
report-given = Quà tặng khách
report-dong = đ

report-categories = Nhóm khiếu nại
report-unclassified = Chưa phân loại
report-others = Nhóm khác

report-before = kỳ trước
report-no-clear-change = chưa khác biệt rõ
report-nothing = Không có khiếu nại nào trong kỳ này.
report-as-of = Số liệu đến
report-method = Trung vị và P90 đều là trường hợp có thật. Trong ngoặc là khoảng tin cậy 95%; dưới 10 lượt chỉ ghi số đếm.
report-by-day = Tiếp nhận và giải quyết theo ngày
report-by-hour = Tiếp nhận và giải quyết theo giờ

report-days = ngày
report-hours = giờ
report-minutes = phút
report-seconds = giây
# Dấu thập phân, dấu phân cách hàng nghìn; ngày theo ký hiệu của strftime; bảy thứ trong tuần, từ thứ Hai.
report-decimal = ,
report-group = .
report-date = %d/%m
report-date-year = %d/%m/%Y
report-weekdays = T2 T3 T4 T5 T6 T7 CN

report-column-key = Mã
report-column-figure = Chỉ số
report-column-value = Kỳ này
report-column-of = Trên tổng số
report-column-before = Kỳ trước
report-column-before-of = Trên tổng số kỳ trước
report-column-unit = Đơn vị

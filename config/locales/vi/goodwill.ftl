# Quà tặng thêm sau khi việc chính đã xong.
file-goodwill = Quà tặng
file-goodwill-by = Số, người tặng
file-post-goodwill = quà tặng
file-word-goodwill = phần biếu thêm
file-fact-goodwill-drafted = Muốn tặng quà
file-fact-goodwill-given = Đã tặng quà
file-fact-goodwill-turned-down = Không tặng quà
command-case-goodwill = tặng-quà
command-case-goodwill-about = Tặng thêm sau khi việc chính đã xong, trong ngân sách tháng (tang qua, voucher)
goodwill-voucher = phiếu mua hàng
goodwill-gift = quà tặng
goodwill-free-service = thời gian dùng miễn phí
goodwill-named = { $kind } trị giá { $value }
goodwill-drafted = 🎁 { $name } tặng khách { $named }:
goodwill-waits = Khách chưa được báo gì. Cần { $role } đồng ý, không phải người tặng.
goodwill-waits-for = { $role } Có quà tặng khách cần đồng ý: { $place }
goodwill-agree-button = Đồng ý và gửi khách
goodwill-turn-down-button = Không tặng
goodwill-agreed = { $name } đã đồng ý; quà được gửi khách.
goodwill-agreed-alone = { $name } tự đồng ý vì bàn này không có quản lý nào khác, và việc đó được ghi vào hồ sơ. Quà được gửi khách.
goodwill-covered = Trong hạn mức; quà được gửi khách.
goodwill-turned-down = { $name } quyết định không tặng. Khách chưa được báo gì.
goodwill-left = Ngân sách quà tặng tháng này còn { $left }.
customer-goodwill =
    Khiếu nại **#{ $number }**: bên em gửi tặng anh/chị { $named }.
    { $text }
    Món quà này không kèm điều kiện nào.
    — { $name }
refusal-no-goodwill = Bàn này không tặng { $kind }; xem mục [goodwill] trong cấu hình.
refusal-goodwill-early = Việc chính chưa xong. Giải quyết trước, tặng quà sau; nếu khách vừa báo chưa khắc phục được, mở lại và làm tiếp.
refusal-goodwill-for-rating = Lời tặng có nhắc đến đánh giá. Quà không đổi lấy đánh giá; bỏ phần đó rồi gửi lại nhé.
refusal-goodwill-enough = Khiếu nại này đã có đủ quà ({ $limit }). Nếu quà trước chưa gửi, quản lý bấm “Không tặng” rồi đề nghị lại.
refusal-goodwill-budget = Ngân sách quà tặng tháng này còn { $left }, không đủ.

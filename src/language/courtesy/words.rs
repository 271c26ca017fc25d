//! The words by which thanks are told from matters, one phrase after the other with a comma between. Written with their marks: a
//! word typed without any matches, too.

/// Thanks themselves.
pub(super) const THANKS: &str = "cảm ơn, cám ơn, cảm tạ, đa tạ, biết ơn, tri ân, cảm mơn, camon, cmon, thank you, thankyou, thank u, \
    thanks again, thank you again, thanks, thank, thanx, tks, thks, thx, tysm, thankiu, thanhkiu, senkiu, sankiu, \
    tksss, tkss, thank so much, appreciate, appreciated, \
    grateful";

/// That it is as it should be.
pub(super) const CONTENT: &str = "ok rồi, oke rồi, okie rồi, được rồi, ổn rồi, xong rồi, đã xong, tốt rồi, có mạng rồi, vào được rồi, \
    dùng được rồi, xài được rồi, chạy rồi, lên rồi, đã nhận được, nhận được rồi, ngon rồi, ngon lành, ngon, \
    mượt, ổn định, ổn, tốt, tuyệt vời, tuyệt, hài lòng, nhiệt tình, dễ thương, chu đáo, tận tình, tận tâm, \
    chuyên nghiệp, nhanh chóng, nhanh gọn, nhanh, vui, yên tâm, quá đỉnh, đỉnh, xuất sắc, great, good, perfect, \
    awesome, excellent, nice, wonderful, amazing, lovely, brilliant, fantastic, works, work well, worked, \
    working, fixed, solved, resolved, sorted, fine, happy, satisfied, friendly, kind, quick, fast, well done, \
    nice job, good job";

/// A yes that may mean anything.
pub(super) const ASSENT: &str = "ok, oke, okie, okay, okê, okela, oki, kk, vâng, dạ, ừ, ừm, uh, uhm, uki, um, được, rồi, đã nhận, biết rồi, \
    hiểu rồi, yes, yep, yeah, sure, alright, noted, got it, received, understood, cool";

/// What dresses such a message: who is spoken to, how much, what it is about.
pub(super) const DRESSING: &str = "em, e, anh, a, chị, c, bạn, b, cô, chú, bác, cậu, mình, tôi, tui, mọi người, cả nhà, shop, sốp, ad, admin, \
    công ty, đội, team, bên em, bên, nhà mình, nhà, nhân viên, tổng đài, kỹ thuật, quản lý, nhé, nha, nhá, nhe, \
    nhen, nghen, hen, ạ, ơi, luôn, lắm, nhiều, nhìu, quá, rất, thật, thật sự, vô cùng, hết sức, hết lòng, \
    chân thành, xin, lần nữa, một lần nữa, đã, thì, là, cũng, của, và, với, cho, về, vì, sự, nay, hôm nay, giờ, \
    bây giờ, mạng, net, wifi, wi-fi, internet, modem, dây, máy, chạy, dùng, xài, vào, lên, sửa, làm, xử lý, \
    việc, sao, điểm, chúc, ngày, tối, sáng, sức khỏe, vẻ, bình thường, trở lại, lại rồi, 4g, 5g, you, u, so, \
    much, very, all, the, a lot, alot, lot, again, everyone, guys, to, your, is, it, it's, its, now, for, and, \
    really, many, everything, that's, that, i, am, i'm, we, are, sir, madam, miss, well";

/// Whose name follows.
pub(super) const TITLES: &str =
    "ơn, em, anh, chị, bạn, cô, chú, bác, cậu, ông, bà, kỹ thuật, viên, mr, ms, mrs, dear, thanks, you, tks";

/// Whole turns that sound like a matter and are none.
pub(super) const SETTLED: &str = "không sao, không có gì, không vấn đề gì, không có vấn đề gì, không cần gì thêm, không cần nữa, \
    không cần gì nữa, không hỏi gì thêm, không còn gì, không biết nói gì hơn, không có gì phàn nàn, \
    không chê vào đâu được, không phàn nàn gì, hết sức, hết lòng, hết ý, hết sảy, lần nữa, thêm lần nữa, \
    một lần nữa, trở lại bình thường, bình thường trở lại, hoạt động lại, có mạng lại, đội kỹ thuật, \
    con cảm ơn, có lại, chạy lại, vào lại được, dùng lại được, làm phiền, 5 sao, năm sao, 10 điểm, mười điểm, \
    10 10, 100, 5 5, no problem, no problems, no worries, no issues, no more issues, no more problems, \
    nothing else, nothing more, not bad, not at all, once again, sorted out, would recommend, works again, \
    working again, 5 stars, back online";

/// Before a fault: it is over.
pub(super) const OVER: &str = "không, ko, k, hết bị, hết, không còn bị, không còn, ko còn, không bị, ko bị, không thấy, chẳng còn, \
    no longer, not, no more, isn't, doesn't";

/// After it, where what stands before would not do.
pub(super) const NO_MORE: &str = "nữa, anymore, any more, any longer, rồi, now";

/// A fault of what was complained about.
pub(super) const FAULTS: &str = "bị, rớt, rớt mạng, chậm, lag, giật, giựt, lỗi, hỏng, hư, mất, mất mạng, mất sóng, đứt, nghẽn, chập chờn, \
    yếu, nóng, tắt, chết, đơ, treo, kém, tệ, dở, tồi, bực, thất vọng, buồn, khó chịu, sự cố, vấn đề, thiếu, \
    sai, nhầm, slow, slower, dropping, drops, dropped, down, broken, hot, noisy, fails, failed, failing, error, \
    errors, issue, issues, problem, problems, bad, poor, terrible, worse, worst, late, disappointed, unhappy, \
    angry, missing, wrong, disconnected, disconnects, red";

/// What speaks against the thanks wherever it stands.
pub(super) const AGAINST: &str = "nhưng, nhg, nhưg, nhma, nhmà, nma, nmà, mà, tuy, vẫn, chưa, chx, không, ko, k, kg, hok, hông, khg, kh, \
    chẳng, chả, đừng, tại sao, sao, bao giờ, khi nào, bao lâu, bao nhiêu, mấy giờ, ở đâu, thế nào, hả, but, \
    however, though, although, yet, still, not, don't, dont, doesn't, doesnt, didn't, didnt, isn't, isnt, \
    wasn't, can't, cant, cannot, won't, wont, never, no, nothing, unless, until, except, why, when, how, what, \
    where, which, again, once more, only, instead, lại nữa, lần sau, next time, thay vì";

/// What asks for something, unless the customer is thanking for it.
pub(super) const ASKING: &str = "lại, nữa, thêm, khác, còn, hết, gọi, alo, nhắn, kiểm tra, check, xem, giúp, hỗ trợ, hỏi, muốn, cần, nhờ, \
    đề nghị, yêu cầu, vui lòng, làm ơn, hoàn, trả, bồi thường, hủy, huỷ, đổi, chờ, đợi, hẹn, mai, ngày mai, \
    mốt, gấp, liên hệ, phải, nên, hãy, mở lại, khiếu nại, phản ánh, nhanh lên, qua nhé, đến nhé, tới nhé, báo, \
    gửi, call, help, please, pls, plz, need, want, would, could, can, wait, waiting, tomorrow, also, another, \
    else, more, refund, charge, charged, question, ask, asking, let me know, tell, send, come, check it, look, \
    fix, reopen, open, cancel, change, replace, should, must, out, off, stops, stopped, cut, blinking, soon";

/// What ends what is said to somebody by name.
pub(super) const AFTER_A_NAME: &str = "nhé, nha, nhen, ạ, nhiều, lắm";

/// What follows is what the customer thanks for.
pub(super) const THANKED_FOR: &str = "đã, vì, về, sự, for, that";

/// Signs of content.
pub(super) const GLAD: &str =
    "👍👌🙏❤♥💙💚💛🧡💜🤍💕💖💗😊😀😃😄😁🙂😍🥰😘🤗👏🎉✨🌹💐⭐🌟💯🤝✅😇😎☺🫶🥳😆😉🌸🌷🌺🍀💪🙌😋🤩✌";

/// Signs of the opposite.
pub(super) const CROSS: &str = "👎😡😠🤬😤😞😢😭💔😩😫🙄😒😕☹🙁😣😖😔😟😰🤦😑😐❌⚠🆘🥵🥺😥😓😪🤷🖕😱🤯💩";

/// The same, typed with signs.
pub(super) const GLAD_TYPED: &str = ":), :d, <3, ^^, =), :3, ;), ^_^, :*";

/// The opposite, typed with signs.
pub(super) const CROSS_TYPED: &str = ":(, =(, t_t, t.t, :'(, :/";

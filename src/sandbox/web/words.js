//! The page's own words in Vietnamese and English. Names of commands, buttons and people come from the server as they are.

const WORDS = {
  vi: {
    "title": "Sandbox",
    "skip.channels": "Tới danh sách kênh", "skip.messages": "Tới tin nhắn", "skip.composer": "Tới ô soạn tin",
    "bar.you": "Bạn là", "bar.switch": "Đổi người", "bar.clock": "Đồng hồ mô phỏng", "bar.speed": "Chạy nhanh hơn",
    "bar.run": "×{n}, chạy nhanh gấp {n} lần", "bar.hour": "+1 giờ", "bar.day": "+1 ngày", "bar.hour.long": "+1 giờ, tới sau một giờ",
    "bar.day.long": "+1 ngày, tới sau một ngày", "bar.language": "English", "bar.language.long": "Switch the page to English",
    "lost": "Mất kết nối với sandbox. Đang thử lại…", "person.none": "Chưa có ai ở đây",
    "label.customer": "khách", "label.staff": "nhân viên", "label.manager": "quản lý", "label.head office": "trụ sở chính",
    "list.title": "Kênh và tin nhắn riêng", "list.direct": "Tin nhắn riêng", "list.archived": "Lưu trữ ({n})",
    "list.more": "Hiện tất cả {n} luồng", "list.unread": "có tin chưa đọc", "list.message": "Nhắn cho {name}",
    "list.thread": "luồng", "list.private": "luồng riêng", "list.empty": "Người này chưa thấy kênh nào.",
    "people.title": "Thành viên", "people.bots": "Ứng dụng", "people.online": "đang kết nối", "people.offline": "chưa kết nối",
    "place.back": "Về danh sách kênh", "place.none": "Chọn một kênh", "place.archived": "Đã lưu trữ", "place.locked": "Đã khoá",
    "place.start": "Đây là khởi đầu của {name}.", "place.dm": "Tin nhắn riêng với {name}", "place.of": "luồng trong #{name}",
    "log.label": "Tin nhắn trong {name}", "log.older": "Xem tin cũ hơn", "log.newest": "Tin mới", "log.loading": "Đang tải…",
    "log.failed": "Không tải được tin nhắn: {why}", "log.says": "{name}: {text}",
    "message.edited": "(đã sửa)", "message.only": "Chỉ mình bạn thấy tin này", "message.dismiss": "Ẩn tin",
    "message.thinking": "{name} đang xử lý…", "message.menu": "Thao tác với tin của {name}", "message.reply": "Trả lời",
    "message.edit": "Sửa tin", "message.delete": "Xoá tin", "message.apps": "Ứng dụng", "message.used": "{name} dùng {command}",
    "message.gone": "Tin gốc đã bị xoá", "message.goto": "Tới tin được trả lời", "message.file": "tệp đính kèm",
    "message.thread": "Mở luồng", "message.count": "{n} tin", "message.started": "{name} mở một luồng: {text}",
    "message.added": "{name} thêm {other} vào luồng", "message.left": "{name} đã rời luồng", "message.renamed": "{name} đổi tên luồng: {text}",
    "message.pinned": "{name} ghim một tin", "message.app": "ỨNG DỤNG", "message.picture": "Ảnh: {name}", "message.empty": "tin không có chữ",
    "message.spoiler": "Hiện nội dung bị che", "message.none": "Ứng dụng không có lệnh nào cho tin này",
    "erase.title": "Xoá tin này?", "erase.text": "Tin sẽ biến mất với mọi người.", "edit.label": "Sửa tin nhắn", "edit.save": "Lưu",
    "choose.label": "Chọn", "choose.done": "Xong", "choose.empty": "Không có gì khớp",
    "failed": "Ứng dụng không phản hồi", "failed.why": "Không làm được: {why}", "cancel": "Huỷ", "close": "Đóng", "send": "Gửi",
    "form.send": "Gửi", "form.required": "bắt buộc", "form.optional": "không bắt buộc", "form.count": "{n}/{max}",
    "form.missing": "Hãy điền mục này", "form.short": "Cần ít nhất {n} ký tự", "form.long": "Không quá {n} ký tự", "form.number": "Hãy nhập một số",
    "form.range": "Số từ {min} đến {max}", "form.failed": "Chưa gửi được. Những gì đã viết vẫn còn đây: hãy thử lại.",
    "compose.label": "Nhắn tới {name}", "compose.attach": "Đính kèm tệp", "compose.commands": "Lệnh", "compose.replying": "Trả lời {name}",
    "compose.drop": "Bỏ tệp {name}", "compose.failed": "Chưa gửi được: {why}", "compose.locked": "Luồng này đã khoá, không nhắn thêm được.",
    "compose.running": "Đang gửi lệnh {name}…", "compose.cancel": "Thôi trả lời", "compose.large": "Tệp {name} lớn hơn 10 MiB",
    "palette.title": "Lệnh dùng được ở đây", "palette.empty": "Không có lệnh nào khớp", "palette.none": "Bạn không có lệnh nào ở đây",
    "options.run": "Chạy lệnh", "options.nothing": "Không chọn", "options.yes": "Có", "options.no": "Không", "options.wait": "Đang tìm…",
    "date.today": "Hôm nay", "date.yesterday": "Hôm qua", "embed.picture": "Ảnh trong thẻ",
  },
  en: {
    "title": "Sandbox",
    "skip.channels": "Skip to channels", "skip.messages": "Skip to messages", "skip.composer": "Skip to the message box",
    "bar.you": "You are", "bar.switch": "Change person", "bar.clock": "Simulated clock", "bar.speed": "Faster",
    "bar.run": "×{n}, run {n} times as fast", "bar.hour": "+1 h", "bar.day": "+1 d", "bar.hour.long": "+1 h, go one hour ahead",
    "bar.day.long": "+1 d, go one day ahead", "bar.language": "Tiếng Việt", "bar.language.long": "Chuyển trang sang tiếng Việt",
    "lost": "Lost the connection to the sandbox. Trying again…", "person.none": "Nobody is here yet",
    "label.customer": "customer", "label.staff": "staff", "label.manager": "manager", "label.head office": "head office",
    "list.title": "Channels and direct messages", "list.direct": "Direct messages", "list.archived": "Archived ({n})",
    "list.more": "Show all {n} threads", "list.unread": "unread", "list.message": "Message {name}",
    "list.thread": "thread", "list.private": "private thread", "list.empty": "This person sees no channel yet.",
    "people.title": "Members", "people.bots": "Apps", "people.online": "connected", "people.offline": "not connected",
    "place.back": "Back to channels", "place.none": "Choose a channel", "place.archived": "Archived", "place.locked": "Locked",
    "place.start": "This is the beginning of {name}.", "place.dm": "Direct messages with {name}", "place.of": "thread in #{name}",
    "log.label": "Messages in {name}", "log.older": "Show older messages", "log.newest": "New messages", "log.loading": "Loading…",
    "log.failed": "The messages could not be loaded: {why}", "log.says": "{name}: {text}",
    "message.edited": "(edited)", "message.only": "Only you can see this", "message.dismiss": "Dismiss message",
    "message.thinking": "{name} is thinking…", "message.menu": "Actions for the message by {name}", "message.reply": "Reply",
    "message.edit": "Edit message", "message.delete": "Delete message", "message.apps": "Apps", "message.used": "{name} used {command}",
    "message.gone": "The original message was deleted", "message.goto": "Go to the message replied to", "message.file": "attachment",
    "message.thread": "Open thread", "message.count": "{n} messages", "message.started": "{name} started a thread: {text}",
    "message.added": "{name} added {other} to the thread", "message.left": "{name} left the thread", "message.renamed": "{name} renamed the thread: {text}",
    "message.pinned": "{name} pinned a message", "message.app": "APP", "message.picture": "Picture: {name}", "message.empty": "message without text",
    "message.spoiler": "Show the hidden words", "message.none": "No app has a command for this message",
    "erase.title": "Delete this message?", "erase.text": "It disappears for everybody.", "edit.label": "Edit the message", "edit.save": "Save",
    "choose.label": "Choose", "choose.done": "Done", "choose.empty": "Nothing matches",
    "failed": "The application did not respond", "failed.why": "That did not work: {why}", "cancel": "Cancel", "close": "Close", "send": "Send",
    "form.send": "Submit", "form.required": "required", "form.optional": "optional", "form.count": "{n}/{max}",
    "form.missing": "Please fill this in", "form.short": "At least {n} characters", "form.long": "At most {n} characters", "form.number": "Please enter a number",
    "form.range": "A number from {min} to {max}", "form.failed": "Not sent. What you wrote is still here: please try again.",
    "compose.label": "Message {name}", "compose.attach": "Attach a file", "compose.commands": "Commands", "compose.replying": "Replying to {name}",
    "compose.drop": "Remove the file {name}", "compose.failed": "Not sent: {why}", "compose.locked": "This thread is locked; nobody can write here.",
    "compose.running": "Sending {name}…", "compose.cancel": "Stop replying", "compose.large": "The file {name} is larger than 10 MiB",
    "palette.title": "Commands you can use here", "palette.empty": "No command matches", "palette.none": "You have no command here",
    "options.run": "Run command", "options.nothing": "Nothing chosen", "options.yes": "Yes", "options.no": "No", "options.wait": "Looking…",
    "date.today": "Today", "date.yesterday": "Yesterday", "embed.picture": "Picture in the card",
  },
};

let current = "vi";

/** The page's language: `vi` or `en`. */
export function language() {
  return current;
}

/** Chooses the page's language; anything that is not Vietnamese reads English. */
export function setLanguage(locale) {
  current = String(locale).toLowerCase().startsWith("vi") ? "vi" : "en";
  document.documentElement.lang = current;
}

/** The sentence of a key with its `{blanks}` filled. */
export function t(key, blanks = {}) {
  return WORDS[current][key].replace(/\{(\w+)\}/gu, (whole, name) => blanks[name] ?? whole);
}

/** A short free word the server gave a person (such as `customer`), in the page's language where it is known. */
export function labelWord(label) {
  return WORDS[current][`label.${label}`] ?? label ?? "";
}

/** A heading's words: the first letter large. */
export function heading(words) {
  return words.charAt(0).toLocaleUpperCase(current) + words.slice(1);
}

/** The keys of one language, for the test that both have the same ones. */
export function keys(locale) {
  return Object.keys(WORDS[locale]).sort();
}

# Câu hỏi cần làm rõ theo từng loại khiếu nại.
file-questions = Câu hỏi làm rõ
file-question = Câu hỏi
file-answer = Khách trả lời
file-word-question = câu hỏi
file-fact-asked = Hỏi khách
file-fact-answered = Khách trả lời câu hỏi
file-fact-answer-noted = Ghi câu trả lời của khách
command-case-ask = hỏi
command-case-ask-about = Hỏi khách một điều cần làm rõ, hoặc ghi lại điều khách đã nói (hoi)
ask-customer = Hỏi khách để làm rõ…
card-clarified = Đã làm rõ
clarified-known = ✓ { $question } **{ $answer }**
clarified-asked = … { $question } *đang chờ khách trả lời*
answer-title = Trả lời câu hỏi
answer-label = Câu trả lời của anh/chị
answer-button = Trả lời
question-ask =
    Khiếu nại **#{ $number }**: để xử lý đúng việc của anh/chị, em hỏi thêm một điều:
    { $question }
    — { $name }
question-sent = Câu hỏi đang đến khách; luồng đã ghi lại.
question-asked =
    ❔ { $name } hỏi khách:
    { $question }
question-heard = **{ $name }** trả lời câu “{ $question }”
question-answered =
    Khiếu nại **#{ $number }**, anh/chị được hỏi:
    { $question }
    và đã trả lời:
    { $answer }
    Cảm ơn anh/chị, bên em đã ghi lại và sẽ không hỏi lại điều này.
answer-noted =
    ✓ { $name } ghi lại, khách không cần được hỏi nữa:
    { $question }
    { $answer }
refusal-no-question = Không có câu hỏi “{ $asked }” cho phân loại này. Chọn trong danh sách gợi ý, hoặc phân loại lại.
refusal-already-asked = Đã hỏi “{ $question }” rồi, khách chưa trả lời. Khách trả lời ở chỗ khác thì ghi bằng `/hồ-sơ hỏi` kèm `trả-lời`.
refusal-already-answered = Khách đã trả lời “{ $question }”: “{ $answer }”.

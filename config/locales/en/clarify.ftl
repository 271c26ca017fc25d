# Clarifying questions: what a category needs to know.
file-questions = Clarifying questions
file-question = Question
file-answer = Answer
file-word-question = question
file-fact-asked = The customer was asked
file-fact-answered = The customer answered question
file-fact-answer-noted = Answer written down
command-case-ask = ask
command-case-ask-about = Ask the customer what the category needs to know, or write down what they said (hoi)
ask-customer = Ask the customer…
card-clarified = Clarified
clarified-known = ✓ { $question } **{ $answer }**
clarified-asked = … { $question } *waiting for the customer*
answer-title = Answer the question
answer-label = Your answer
answer-button = Answer
question-ask =
    Complaint **#{ $number }**: to get this right, I would like to ask you one thing:
    { $question }
    — { $name }
question-sent = The question is on its way; the thread has it.
question-asked =
    ❔ { $name } asks the customer:
    { $question }
question-heard = **{ $name }** answers “{ $question }”
question-answered =
    Complaint **#{ $number }**, you were asked:
    { $question }
    and answered:
    { $answer }
    Thank you. We wrote it down and will not ask again.
answer-noted =
    ✓ { $name } wrote it down; nobody needs to ask:
    { $question }
    { $answer }
refusal-no-question = This category has no question “{ $asked }”. Choose one that is suggested, or classify it anew.
refusal-already-asked = “{ $question }” was asked; the customer has not answered yet. If they answered elsewhere, `/case ask` with `answer` writes it down.
refusal-already-answered = The customer answered “{ $question }”: “{ $answer }”.

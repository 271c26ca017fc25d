# A person's own data: what is kept, exported, erased, and what else they ask. The second part is for managers.

data-heading = **Your data at { $company }**
data-open = Complaints in progress: { $count } ({ $numbers })
data-ended = Complaints that have ended: { $count } ({ $numbers })
data-figures = Your messages: { $messages } · answers to you: { $replies } · files: { $files } · ratings: { $ratings } · contact numbers: { $contacts }
data-drafts = Messages that you have not sent as a complaint: { $count }
data-waiting = Your request **#{ $number }** about your data: a person answers by { $due }.
data-nothing = We keep no complaint and no message of yours here.
data-language-chosen = Language you chose: { $lang }
data-language-seen = Language of your Discord, so that we write to you in it: { $lang }
data-language-vi = Vietnamese
data-language-en = English
data-purpose = What for: to settle your complaints, and as the case file that the law asks us to keep.
data-until = How long: { $keep } after a complaint has ended. Then your name, your words and ours to you are erased; only figures stay that lead to nobody.
data-until-first = The first of them goes on { $day }.
data-rights = Your rights: see, export and erase your data; have it corrected or its use restricted, object, withdraw your consent. A person answers within { $within }.
data-working-days =
    { $count ->
        [one] { $count } working day
       *[other] { $count } working days
    }
data-export-button = Export
data-erase-button = Erase
data-ask-button = Something else
data-exported = This file holds what we keep about you: what you wrote, and what was written to you. Only you see this message.
data-goes = **This goes now, for good:**
data-goes-nothing = There is nothing of yours that can go now.
data-stays = **This stays for now:**
data-stays-open = complaints in progress ({ $numbers }): whole, so that they can be settled
data-stays-ended = the case file of { $numbers }: the law asks us to keep it. By { $day } everything in it that leads to you is erased.
data-item-drafts =
    { $count ->
        [one] { $count } unsent message, with its files
       *[other] { $count } unsent messages, with their files
    }
data-item-contacts =
    { $count ->
        [one] { $count } contact number
       *[other] { $count } contact numbers
    }
data-item-wishes =
    { $count ->
        [one] the wish written in { $count } complaint
       *[other] the wishes written in { $count } complaints
    }
data-item-words =
    { $count ->
        [one] the words added to { $count } rating
       *[other] the words added to { $count } ratings
    }
data-item-language = the language noted
data-erase-now-button = Erase now
data-erased = Erased for good: { $items }.
data-ask-title = About your data
data-ask-label = What shall we do?
data-ask-hint = For example: correct a name, no longer use a number, an objection, a consent withdrawn
data-asked = Your request **#{ $number }** about your data is recorded. A person answers it by { $due }.
data-asked-direct = The answer comes as a direct message from me; if you take none, in a private thread.
data-asked-thread = The answer comes in a private thread that only you and our staff can see.
data-answer-heading = Your request #{ $number } about your data
data-thread-name = Data request #{ $number }

request-told = { $role } Data request **#{ $number }** of { $name }. By law it is answered by { $due }:
request-erased = Data request **#{ $number }** of { $name }, done at once. Erased: { $items }. There is nothing to do.
request-button = Answer
request-title = Answer the data request
request-label = Your answer, as they will read it
request-answering = Your answer to data request #{ $number } is on its way to { $name }.
request-answered = Answered by { $name }, { $when }:
request-delivered = delivered
request-undelivered = not delivered
request-on-its-way = on its way
request-remind = { $role } Data request **#{ $number }** of { $name } waits for an answer; by law it is due by { $due }.
request-missed = { $role } Data request **#{ $number }** of { $name } was not answered by { $due }. The law's deadline is missed; please answer now.
request-was-missed = Missed: { $due }
request-unreached = { $role } The answer to data request **#{ $number }** found no way to { $name }: { $why }. Please reach them in another way.
card-nobody = (erased: its time to be kept is over)
posted-erased = (What stood here has been erased under the rules on personal data.)

//! The demo in English: calm and angry, whole sentences and thumbs in a hurry.

use super::{Management, Matter, Name, Part};

const fn name(full: &'static str, title: &'static str) -> Name {
    Name { full, title }
}

pub(super) const CUSTOMERS: &[Name] = &[
    name("Emma Clarke", "Emma"),
    name("Daniel Reyes", "Daniel"),
    name("Priya Nair", "Priya"),
    name("Tom Becker", "Tom"),
    name("Sofia Rossi", "Sofia"),
    name("James O'Neill", "James"),
    name("Hannah Weiss", "Hannah"),
    name("Oliver Grant", "Oliver"),
    name("Yuki Tanaka", "Yuki"),
    name("Marta Silva", "Marta"),
    name("Ben Carter", "Ben"),
    name("Aisha Khan", "Aisha"),
];

pub(super) const STAFF: &[Name] =
    &[name("Linh", "Linh"), name("Mike", "Mike"), name("Grace", "Grace"), name("Sam", "Sam")];

pub(super) const MANAGEMENT: Management = Management {
    note: "Late because one person alone had the lunch shift, not because of the customer. From tomorrow it is two.",
    area: "Hà Nội, Đà Nẵng, TP.HCM",
    news: "About two thirds of the traffic runs on other routes now. There is still no confirmed repair date.",
    people: [name("Alex (IT)", "Alex"), name("Victor", "Victor"), name("Helen", "Helen")],
};

const NOTHING: Matter = Matter {
    words: &[],
    wish: "",
    reply: "",
    more: "",
    then: "",
    promise: ("", 0),
    outcome: "",
    word: "",
    after: "",
};

const DEAD: &[Matter] = &[
    Matter {
        words: &[
            "No internet since nine last night. I rang the hotline four times, music every time and then it hung up. My daughter has online school this morning and just sits there.",
        ],
        wish: "A working line before ten, and somebody who tells me what is wrong.",
        reply: "Hello {title}, this is {me}. A lesson lost and nobody picking up: I am sorry, that must have been a long evening. I see that your line lost its signal at 21:04. Two ways: a technician this morning, or a 4G box from the nearest counter to bridge it. Which suits you?",
        more: "Technician please, somebody is home from 9:30. The LOS light blinks red.",
        then: "9:30 it is. His name is Hai and he rings before he comes. Red LOS means the fibre outside is broken; he can replace it on the spot. I will write as soon as it works.",
        promise: ("Hai comes and replaces the fibre outside, and I write as soon as it works", 630),
        outcome: "Hai replaced 12 m of fibre outside at 10:10 and the signal is steady. I measured it again: full speed.",
        word: "",
        after: "",
    },
    Matter {
        words: &[
            "Woke up to no connection at all, the PON light is off. I sell online, every hour without a line costs me orders.",
        ],
        wish: "Fixed this morning.",
        reply: "Hello {title}, this is {me}. Losing orders while you wait is real damage, and I am sorry. The street cabinet has no power. I can have you moved to the next cabinet within two hours, or you borrow a 4G box at the nearest counter to bridge it, or both. What would help most?",
        more: "both please. my sister can drop by at the counter",
        then: "The box is ready at the counter, and the technician is on his way. I stay with this until you are online.",
        promise: ("You are online again, and I tell you", 630),
        outcome: "The cabinet has power again since 10:05 and your line runs at full speed. Bring the 4G box back whenever it suits you.",
        word: "",
        after: "",
    },
    Matter {
        words: &[
            "Lost connection last evening and it is still dead. My mother is 78 and alone at home, I cannot see her camera from work and I am worried sick.",
        ],
        wish: "The camera back as soon as possible.",
        reply: "Hello {title}, this is {me}. Not being able to look after her must be hard, and I am sorry. Two ways: a technician this morning, if somebody can open the door, or I move you to another port from here, which takes up to two hours and may not work. What shall we try first?",
        more: "Try from your side first please. A neighbour can open the door if not.",
        then: "On it. By 10:30 I will write, whether it worked or not.",
        promise: ("The port is changed, and I write whether it worked or not", 630),
        outcome: "You are on a new port and the camera is back since 10:10. I measured the signal twice, and it holds.",
        word: "",
        after: "",
    },
];

const BURST: &[Matter] = &[
    Matter {
        words: &[
            "hi",
            "internet keeps dropping all week",
            "every call drops, my boss is losing it",
            "hotline says restart the modem. restarted it like 10 times lol",
        ],
        reply: "Hello {title}, this is {me}. Dropping out of calls in front of your boss is no fun, and I am sorry. I count 23 drops in seven days, mostly in the afternoon, so it is not your modem. I can change your channel from here now, or have the cable measured this afternoon. Which do you prefer?",
        ..NOTHING
    },
    Matter {
        words: &[
            "anyone there??",
            "wifi is super slow",
            "paying for 200 getting 18",
            "i paid everything on time btw",
        ],
        reply: "Hello {title}, this is {me}. Paying for 200 and getting 18 is not fair, and I am sorry. Up to your modem I measure the full 200, so it is stuck in the wifi. I can guide you through a channel change here in five minutes, or somebody comes and moves the modem. Which is easier for you?",
        ..NOTHING
    },
    Matter {
        words: &[
            "hello",
            "laggy since sunday",
            "my son has his exam on the computer and the picture freezes",
            "next one is tonight pls look",
        ],
        reply: "Hello {title}, this is {me}. An exam on a freezing screen upsets the whole family, and I am sorry. Before tonight I can move you to a quiet port right now, or keep a 4G box for you at the counter as a reserve. Shall I do both?",
        ..NOTHING
    },
];

const MISSED: &[Matter] = &[
    Matter {
        words: &[
            "The technician was booked for Saturday 8 am. I took a day off. Nobody came, nobody rang. Yesterday the same again. Who pays for my two days?",
        ],
        wish: "A proper apology, and a time that is kept.",
        reply: "Hello {title}, this is {me}. Two days off work, and we neither came nor rang: that is our fault, and I am sorry. I am holding a technician for you. Is before 11 this morning better, or 18:00 after work? If he is 15 minutes late I ring you myself.",
        outcome: "The technician came at 10:40, replaced the connector and measured the full speed. Both missed visits are on file for the manager.",
        after: "Thank you for saying it so openly, {title}. You should not have had to, and I am sorry. My manager has your words, and I am here if there is more that you want to say.",
        word: "The line works. But he did not say one word about the two times before, as if I was the nuisance.",
        ..NOTHING
    },
    Matter {
        words: &[
            "nobody came at 2pm yesterday to install. technicians phone is off. what kind of service is this",
        ],
        reply: "Hello {title}, this is {me}. An afternoon wasted and a phone switched off: I am sorry. I have just reached the team leader of your area. Two times are free: 10:30 this morning or 14:00. Which one shall I take?",
        outcome: "The team leader installed it himself at 10:30 and you are online.",
        after: "Thank you for saying it so openly, {title}. You should not have had to, and I am sorry. My manager has your words, and I am here if there is more that you want to say.",
        word: "works now but i lost a whole day. next time just tell me",
        ..NOTHING
    },
    Matter {
        words: &[
            "Third time I report the same fault. Each time a technician within 24 hours was promised and each time nobody came. I am close to cancelling.",
        ],
        wish: "A real person who really comes.",
        reply: "Hello {title}, this is {me}. Three reports and three times forgotten; I would think of cancelling too, and I am sorry. So no more 24 hours: Binh can be with you at 10:00 or at 11:00 this morning. Which do you choose?",
        outcome: "Binh came at 10:05 and replaced a damp splitter, which was behind all three reports.",
        after: "Thank you for saying it so openly, {title}. You should not have had to, and I am sorry. My manager has your words, and I am here if there is more that you want to say.",
        word: "If it can be fixed, why not the first two times? I am still angry.",
        ..NOTHING
    },
];

const DEVICE: &[Matter] = &[
    Matter {
        words: &[
            "The modem gets hot and switches itself off, five times a day. My direct messages are closed because of all the spam, so please answer me here.",
        ],
        reply: "Hello {title}, this is {me}. A box that hot is annoying and worrying, and I am sorry. You get a new one: brought to you this afternoon, or ready at the counter whenever it suits you. Until then please unplug it when you do not need it.",
        more: "Bring it please, after 4 pm. Thanks.",
        then: "After 16:00 then. They ring 15 minutes before.",
        promise: ("A technician brings the new modem and rings 15 minutes before", 1_050),
        ..NOTHING
    },
    Matter {
        words: &[
            "The set top box restarts every 15 minutes, always in the last minute of the match. Please swap it.",
        ],
        reply: "Hello {title}, this is {me}. Missing the last minute hurts, and I am sorry. I can reload its software from here now, or have a new box with you this afternoon. Which do you prefer?",
        more: "A new one, to be safe. There is another match tonight.",
        then: "It will be with you before 18:00, in time for the match.",
        promise: ("The new box is with you before the match", 1_080),
        ..NOTHING
    },
];

const BILL: &[Matter] = &[
    Matter {
        words: &[
            "Why is my bill 350,000 this month when the contract says 220,000? I did not order anything.",
        ],
        wish: "The difference back.",
        reply: "Hello {title}, this is {me}. First, I am sorry that we kept you waiting. I opened your bill: a TV package of 130,000 was switched on by mistake on 3 November. It is off now. Would you like the difference taken off next month, or paid back to your account?",
        ..NOTHING
    },
    Matter {
        words: &["charged twice this month, on the 5th and the 12th. refund please"],
        reply: "Hello {title}, this is {me}. I am sorry for the late answer. You are right, it was charged twice, and accounting has my request. Do you want it back on your account, or taken off the next two months?",
        ..NOTHING
    },
    Matter {
        words: &[
            "When I signed up I was told installation is free. Now there is 500,000 for installation on the bill. You say one thing and do another.",
        ],
        wish: "The 500,000 removed.",
        reply: "Hello {title}, this is {me}. Promised free and then billed: of course that feels like a trick. I am sorry, for the late answer too. I am listening to the sales call now. Shall I ring you with the result before 17:00, or write here?",
        ..NOTHING
    },
];

const ABROAD: &[Matter] = &[
    Matter {
        words: &[
            "Facebook and YouTube crawl while domestic sites are fine. Is the undersea cable broken again?",
        ],
        reply: "Hello {title}, this is {me}. Slow just when you need it, and I am sorry. May I ask since when, and whether news and banking sites open as usual? Meanwhile I can show you another DNS, which helps a little.",
        ..NOTHING
    },
    Matter {
        words: &[
            "ping 400 to international game servers since noon, 10 at home. dropping ranks like a stone",
        ],
        reply: "Hello {title}, this is {me}. Losing ranks to a 400 ping is maddening, and I am sorry. Which country is the server in? I can show you how to move to a nearer one, or ring you when there is news. Which do you want?",
        ..NOTHING
    },
    Matter {
        words: &[
            "Our video calls with a client in the US have been freezing since this afternoon. The international route crawls, and not a word of warning.",
        ],
        wish: "To know when there will be news, so that I can move the meeting.",
        reply: "Hello {title}, this is {me}. A picture that freezes in front of a client puts you on the spot, and I am sorry. So that you need not guess: the meeting could move past 23:00, when the route is quiet, or I ring you the moment the next update is out. Which is better?",
        ..NOTHING
    },
    Matter {
        words: &[
            "sending a file to our partner in germany, international upload crawls. 200MB in 2 hours and not done. due this afternoon!!",
        ],
        reply: "Hello {title}, this is {me}. A deadline and a file that does not move, I am sorry. Two ways: I show you a storage with servers in this country, or you come to our office, where there is a separate route. Which is easier?",
        ..NOTHING
    },
];

pub(super) fn pool(part: Part) -> &'static [Matter] {
    match part {
        Part::Dead => DEAD,
        Part::Burst => BURST,
        Part::Missed => MISSED,
        Part::Device => DEVICE,
        Part::Bill => BILL,
        Part::Abroad => ABROAD,
    }
}

//! What serenity's builders write is what the sandbox's rules take: the rules are strict, not odd.

use langnghe::sandbox::rules::{check_request, check_request_with_files};
use serde_json::{Value, json};
use serenity::all::{
    AutoArchiveDuration, ButtonStyle, ChannelType, CommandOptionType, CommandType, CreateActionRow,
    CreateAllowedMentions, CreateAttachment, CreateAutocompleteResponse, CreateButton, CreateCommand,
    CreateCommandOption, CreateEmbed, CreateEmbedFooter, CreateInputText, CreateInteractionResponse,
    CreateInteractionResponseMessage, CreateMessage, CreateModal, CreateSelectMenu, CreateSelectMenuKind,
    CreateSelectMenuOption, CreateThread, EditInteractionResponse, EditMessage, EditThread, InputTextStyle,
    InteractionContext, Nonce, Permissions, UserId,
};

fn taken(method: &str, route: &str, body: impl serde::Serialize) {
    let body = serde_json::to_value(body).expect("a builder gives JSON");
    if let Err(error) = check_request(method, route, &body) {
        panic!("{method} {route}: {}\n{body:#}", error.to_json());
    }
}

fn buttons() -> Vec<CreateActionRow> {
    vec![
        CreateActionRow::Buttons(vec![
            CreateButton::new("claim").label("Nhận").style(ButtonStyle::Primary),
            CreateButton::new("reply").label("Trả lời khách").disabled(true).emoji('✉'),
            CreateButton::new_link("https://example.org").label("Xem"),
        ]),
        CreateActionRow::SelectMenu(
            CreateSelectMenu::new(
                "category",
                CreateSelectMenuKind::String {
                    options: vec![
                        CreateSelectMenuOption::new("Mất kết nối", "connection-lost").description("d"),
                    ],
                },
            )
            .placeholder("Chọn"),
        ),
        CreateActionRow::SelectMenu(CreateSelectMenu::new(
            "person",
            CreateSelectMenuKind::User { default_users: Some(vec![UserId::new(5)]) },
        )),
    ]
}

fn embed() -> CreateEmbed {
    CreateEmbed::new()
        .title("Khiếu nại 1")
        .description("Mất mạng")
        .field("Owner", "nobody", true)
        .footer(CreateEmbedFooter::new("automatic"))
        .colour(0x00ff_00ff)
        .image("attachment://chart.png")
}

#[test]
fn messages_of_serenity() {
    let message = CreateMessage::new()
        .content("x")
        .embed(embed())
        .components(buttons())
        .allowed_mentions(CreateAllowedMentions::new().users(vec![UserId::new(5)]))
        .nonce(Nonce::String("complaint-1-card".to_owned()))
        .enforce_nonce(true);
    taken("POST", "/channels/{channel_id}/messages", message);
    taken(
        "PATCH",
        "/channels/{channel_id}/messages/{message_id}",
        EditMessage::new().embed(embed()).components(vec![]),
    );
    taken(
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        EditInteractionResponse::new().content("x").components(buttons()),
    );

    let attachment = serde_json::to_value(CreateAttachment::bytes(b"x".as_slice(), "a.png")).expect("JSON");
    let with_file = json!({ "attachments": [attachment] });
    assert_eq!(check_request_with_files("POST", "/channels/{}/messages", &with_file, 1), Ok(()));
}

#[test]
fn callbacks_of_serenity() {
    let route = "/interactions/{interaction_id}/{interaction_token}/callback";
    let message =
        || CreateInteractionResponseMessage::new().content("x").ephemeral(true).components(buttons());
    taken("POST", route, CreateInteractionResponse::Message(message()));
    taken("POST", route, CreateInteractionResponse::UpdateMessage(message()));
    taken(
        "POST",
        route,
        CreateInteractionResponse::Defer(CreateInteractionResponseMessage::new().ephemeral(true)),
    );
    taken("POST", route, CreateInteractionResponse::Acknowledge);
    taken(
        "POST",
        route,
        CreateInteractionResponse::Autocomplete(
            CreateAutocompleteResponse::new().add_string_choice("Mất kết nối", "connection-lost"),
        ),
    );
    let input = |id: &str| {
        CreateInputText::new(InputTextStyle::Paragraph, "Chuyện gì đã xảy ra?", id)
            .placeholder("p")
            .min_length(1)
            .max_length(4000)
            .required(true)
    };
    let rows = ["what", "wish"].map(|id| CreateActionRow::InputText(input(id)));
    taken(
        "POST",
        route,
        CreateInteractionResponse::Modal(CreateModal::new("file", "Khiếu nại").components(rows.into())),
    );
}

#[test]
fn threads_and_commands_of_serenity() {
    let thread = CreateThread::new("KN-1").auto_archive_duration(AutoArchiveDuration::OneWeek);
    taken("POST", "/channels/{channel_id}/messages/{message_id}/threads", thread.clone());
    taken("POST", "/channels/{channel_id}/threads", thread.kind(ChannelType::PrivateThread).invitable(false));
    taken("PATCH", "/channels/{channel_id}", EditThread::new().archived(true).locked(false).name("KN-1"));

    let text = CreateCommandOption::new(CommandOptionType::String, "text", "d")
        .name_localized("vi", "lời")
        .required(true);
    let kind = CreateCommandOption::new(CommandOptionType::String, "kind", "d").set_autocomplete(true);
    let file = CreateCommandOption::new(CommandOptionType::Attachment, "file", "d");
    let severity = CreateCommandOption::new(CommandOptionType::String, "severity", "d")
        .add_string_choice_localized("high", "high", [("vi".to_owned(), "cao".to_owned())]);
    let claim = CreateCommandOption::new(CommandOptionType::SubCommand, "claim", "d")
        .add_sub_option(text)
        .add_sub_option(kind)
        .add_sub_option(file)
        .add_sub_option(severity);
    let command = CreateCommand::new("case")
        .name_localized("vi", "hồ-sơ")
        .description("d")
        .description_localized("vi", "ho so")
        .default_member_permissions(Permissions::MANAGE_THREADS)
        .contexts(vec![InteractionContext::Guild])
        .add_option(claim);
    let menu = CreateCommand::new("Send to customer")
        .kind(CommandType::Message)
        .name_localized("vi", "Gửi cho khách");
    let all: Vec<Value> =
        [command, menu].into_iter().map(|each| serde_json::to_value(each).expect("JSON")).collect();
    taken("PUT", "/applications/{application_id}/commands", all);
}

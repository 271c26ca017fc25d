//! The page's files as the browser gets them: each one served, none missing, nothing from elsewhere, no markup made of words.

use langnghe::sandbox::web::{self, FILES};
use std::collections::BTreeSet;

/// The page alone on a free port of the loopback address; the origin to ask it at.
async fn serve() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("the port");
    tokio::spawn(async move { axum::serve(listener, web::router::<()>()).await });
    format!("http://{address}")
}

fn header<'a>(answer: &'a reqwest::Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().expect("plain letters"))
}

#[tokio::test]
async fn every_file_is_served_with_its_type_and_never_kept() {
    let origin = serve().await;
    for (path, kind, text) in FILES {
        let answer = reqwest::get(format!("{origin}{path}")).await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(header(&answer, "content-type"), *kind, "{path}");
        assert_eq!(header(&answer, "cache-control"), "no-store", "{path}");
        let policy = header(&answer, "content-security-policy");
        assert!(
            policy.contains("script-src 'self'") && policy.contains("default-src 'none'"),
            "{path}: {policy}"
        );
        assert_eq!(answer.text().await.expect("its words"), *text, "{path}");
    }
    let missing = reqwest::get(format!("{origin}/web/none.js")).await.expect("an answer");
    assert_eq!(missing.status(), 404);
}

/// The addresses a file names between double quotes after `before`.
fn named<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn whatever_a_file_asks_for_is_there_and_whatever_is_there_is_asked_for() {
    let served: BTreeSet<&str> = FILES.iter().map(|(path, ..)| *path).collect();
    let mut asked = BTreeSet::from(["/".to_owned()]);
    for (path, _, text) in FILES {
        asked.extend(named(text, "from \"./").into_iter().map(|name| format!("/web/{name}")));
        asked.extend(
            ["href=\"", "src=\"", "src: \""].iter().flat_map(|before| named(text, before)).map(str::to_owned),
        );
        for name in &asked {
            assert!(served.contains(name.as_str()), "{path} asks for {name}");
        }
    }
    assert_eq!(served, asked.iter().map(String::as_str).collect());
}

#[test]
fn words_never_become_markup_and_nothing_comes_from_elsewhere() {
    for (path, _, text) in FILES {
        for banned in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "DOMParser",
        ] {
            assert!(!text.contains(banned), "{path} uses {banned}");
        }
        let addresses = text.matches("://").count();
        let allowed = ["http://www.w3.org/2000/svg", "attachment://"]
            .iter()
            .map(|known| text.matches(known).count())
            .sum::<usize>();
        // In the Markdown reader and the buttons `://` stands in patterns that recognise what people wrote.
        if !["/web/markdown.js", "/web/components.js"].contains(path) {
            assert_eq!(addresses, allowed, "{path} names an address elsewhere");
        }
        assert!(text.lines().count() <= 300, "{path} is too long");
    }
}

//! Fetching what a customer sent: from Discord's file hosts or the sandbox only, without the token, up to a limit.

use std::time::Duration;

use reqwest::Url;

use super::Sender;
use super::wire::{Wire, is_loopback};

/// Where Discord keeps files (`reference#signed-attachment-cdn-urls`).
const FILE_HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];
/// How long one file may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a file was not fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DownloadError {
    /// Its address is none of Discord's.
    #[error("the address is none of Discord's file hosts")]
    Foreign,
    /// It has more bytes than allowed.
    #[error("the file is larger than {most} bytes")]
    TooLarge {
        /// The limit.
        most: usize,
    },
    /// The host refused it; links to files expire.
    #[error("the file's host answered {status}")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// It could not be fetched this time.
    #[error("the file could not be fetched")]
    Unreachable,
}

impl Sender {
    /// The bytes behind the address of a file, at most `most` of them.
    ///
    /// # Errors
    ///
    /// [`DownloadError`]; only [`DownloadError::Unreachable`] and a 5xx are worth another try.
    pub async fn download(&self, url: &str, most: usize) -> Result<Vec<u8>, DownloadError> {
        let url = self.wire().file_address(url).ok_or(DownloadError::Foreign)?;
        let request = self.wire().client.get(url).timeout(PATIENCE);
        let mut response = request.send().await.map_err(|_| DownloadError::Unreachable)?;
        if !response.status().is_success() {
            return Err(DownloadError::Refused { status: response.status().as_u16() });
        }
        let told = response.content_length().map(|length| usize::try_from(length).unwrap_or(usize::MAX));
        if told.is_some_and(|told| told > most) {
            return Err(DownloadError::TooLarge { most });
        }
        let mut bytes = Vec::with_capacity(told.unwrap_or_default());
        while let Some(chunk) = response.chunk().await.map_err(|_| DownloadError::Unreachable)? {
            if bytes.len() + chunk.len() > most {
                return Err(DownloadError::TooLarge { most });
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

impl Wire {
    /// The address of a file; none if we do not fetch from there.
    fn file_address(&self, url: &str) -> Option<Url> {
        let url = Url::parse(url).ok()?;
        let own = url.origin() == self.origin.origin();
        let discord = !is_loopback(&self.origin)
            && url.scheme() == "https"
            && url.port().is_none()
            && url.host_str().is_some_and(|host| FILE_HOSTS.contains(&host));
        (own || discord).then_some(url)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{SenderError, SenderOptions};
    use super::*;

    #[test]
    fn files_come_from_discord_or_from_the_sandbox_and_from_nowhere_else() -> Result<(), SenderError> {
        let real = Wire::new(&SenderOptions::new("https://discord.com", "token"))?;
        let cdn = "https://cdn.discordapp.com/attachments/1/2/a.png?ex=1";
        assert!(real.file_address(cdn).is_some());
        for foreign in [
            "http://cdn.discordapp.com/a.png",
            "https://cdn.discordapp.com.evil.example/a.png",
            "https://cdn.discordapp.com@evil.example/a.png",
            "http://169.254.169.254/latest",
            "file:///etc/passwd",
            "a.png",
        ] {
            assert!(real.file_address(foreign).is_none(), "{foreign}");
        }
        let sandbox = Wire::new(&SenderOptions::new("http://127.0.0.1:8787", "token"))?;
        assert!(sandbox.file_address("http://127.0.0.1:8787/files/1/a.png").is_some());
        assert!(sandbox.file_address("http://127.0.0.1:8788/files/1/a.png").is_none());
        assert!(sandbox.file_address(cdn).is_none(), "nothing may leave the machine");
        Ok(())
    }
}

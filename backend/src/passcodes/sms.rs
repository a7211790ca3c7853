//! SMS by any gateway that takes a form over HTTP, as Twilio's does.

use super::Letter;
use super::sending::{Failed, Sender, Sending};
use super::settings::{Sms, secret};
use crate::outbound;
use presso_core::api::SignInBy;
use presso_core::contact::Contact;
use reqwest::{Client, StatusCode};

pub(super) struct Gateway {
    client: Client,
    settings: Sms,
    password: Option<String>,
}

impl Gateway {
    pub(super) fn new(settings: &Sms) -> Result<Self, String> {
        let client = outbound::client()
            .map_err(|error| format!("certificates cannot be checked: {error}"))?
            .build()
            .map_err(|error| error.without_url().to_string())?;
        Ok(Self {
            client,
            settings: settings.clone(),
            password: settings.password_file.as_deref().map(secret).transpose()?,
        })
    }

    async fn post(&self, letter: &Letter) -> Result<(), Failed> {
        let (to, text) = (letter.to.address(), letter.sms());
        let mut form = vec![
            (self.settings.to.as_str(), to),
            (self.settings.text.as_str(), text.as_str()),
        ];
        let more = self.settings.fields.iter();
        form.extend(more.map(|(name, value)| (name.as_str(), value.as_str())));
        let mut request = self.client.post(&self.settings.url).form(&form);
        if let Some(user) = &self.settings.user {
            request = request.basic_auth(user, self.password.as_ref());
        }
        let status = request.send().await.map_err(|_| Failed::ForNow)?.status();
        match status {
            _ if status.is_success() => Ok(()),
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Err(Failed::ForNow),
            _ if status.is_server_error() => Err(Failed::ForNow),
            _ => Err(Failed::ForGood(status.as_u16())),
        }
    }
}

impl Sender for Gateway {
    fn name(&self) -> &'static str {
        "sms"
    }
    fn serves(&self, way: SignInBy) -> bool {
        way == SignInBy::Sms
    }
    fn reaches(&self, to: &Contact) -> bool {
        let countries = self.settings.countries.iter();
        let to = to.address();
        countries
            .map(String::as_str)
            .any(|country| to.starts_with(country))
    }
    fn send<'a>(&'a self, letter: &'a Letter) -> Sending<'a> {
        Box::pin(self.post(letter))
    }
}

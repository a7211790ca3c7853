//! Access tokens: JWTs signed by EdDSA, with exactly one header that is accepted.

use super::key::Key;
use super::ring::Ring;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use presso_core::api::Who;
use presso_core::time::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How long an access token is good, seconds.
pub const ACCESS_S: i64 = 600;
/// How long a token that the command mints for itself is good, seconds.
pub const OPERATOR_S: i64 = 60;

const ISSUER: &str = "presso";
const AUDIENCE: &str = "presso-api";
/// No token of ours is longer; what is longer is not looked at.
const LONGEST: usize = 2048;

/// A session as its access token tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub who: Who,
    /// The family of refresh tokens; none of the command's.
    pub family: Option<Uuid>,
    /// From when on the token is refused.
    pub expires_at: Timestamp,
    /// [`Ring::epoch`] when it was signed or checked.
    pub epoch: u64,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sid: Option<Uuid>,
    iat: i64,
    exp: i64,
    who: Who,
}

/// Why a token was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Not one of ours.
    Invalid,
    /// It was.
    Expired,
}

/// A token for this session, and the session as the token will tell it.
#[must_use]
pub(super) fn issue(
    ring: &Ring,
    who: Who,
    family: Option<Uuid>,
    now: Timestamp,
) -> (String, Session) {
    let iat = now.0.div_euclid(1000);
    let exp = iat
        + if family.is_some() {
            ACCESS_S
        } else {
            OPERATOR_S
        };
    let claims = Claims {
        iss: ISSUER.into(),
        aud: AUDIENCE.into(),
        sid: family,
        iat,
        exp,
        who,
    };
    let body = serde_json::to_vec(&claims).expect("claims have text keys and no failing parts");
    let key = ring.newest();
    let signed = format!("{}.{}", header(key), URL_SAFE_NO_PAD.encode(body));
    let signature = URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()));
    let session = Session {
        who: claims.who,
        family,
        expires_at: Timestamp(exp * 1000),
        epoch: ring.epoch(),
    };
    (format!("{signed}.{signature}"), session)
}

/// The session that this token tells of.
///
/// # Errors
/// [`Refused`].
pub(super) fn verify(ring: &Ring, token: &str, now: Timestamp) -> Result<Session, Refused> {
    let claims = read(ring, token, now).ok_or(Refused::Invalid)?;
    let expires_at = Timestamp(claims.exp.saturating_mul(1000));
    if now >= expires_at {
        return Err(Refused::Expired);
    }
    Ok(Session {
        who: claims.who,
        family: claims.sid,
        expires_at,
        epoch: ring.epoch(),
    })
}

/// The header is compared, not interpreted: there is no algorithm to choose, and no key but one of
/// the ring's.
fn header(key: &Key) -> String {
    let text = format!(r#"{{"alg":"EdDSA","typ":"JWT","kid":"{}"}}"#, key.id());
    URL_SAFE_NO_PAD.encode(text)
}

fn read(ring: &Ring, token: &str, now: Timestamp) -> Option<Claims> {
    if token.len() > LONGEST {
        return None;
    }
    let (signed, signature) = token.rsplit_once('.')?;
    let (head, body) = signed.split_once('.')?;
    let key = ring.believed(now).find(|key| head == header(key))?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?.try_into().ok()?;
    if !key.verify(signed.as_bytes(), &signature) {
        return None;
    }
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).ok()?).ok()?;
    (claims.iss == ISSUER && claims.aud == AUDIENCE).then_some(claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn ring() -> Ring {
        Ring::of(Key::new(&[1; 32]))
    }
    fn guest() -> Who {
        Who::guest(Uuid::from_u128(7))
    }

    #[test]
    fn a_token_tells_its_session_until_ten_minutes_have_passed() {
        let ring = ring();
        let (token, session) = issue(&ring, guest(), Some(Uuid::from_u128(1)), NOW);
        assert_eq!(session.expires_at, NOW.plus_s(600));
        assert_eq!(verify(&ring, &token, NOW.plus_ms(599_999)), Ok(session));
        let late = verify(&ring, &token, NOW.plus_s(600));
        assert_eq!(late, Err(Refused::Expired));
    }

    #[test]
    fn a_token_of_another_key_or_with_another_header_or_body_is_refused() {
        let ring = ring();
        let (token, _) = issue(&ring, guest(), None, NOW);
        let parts: Vec<&str> = token.split('.').collect();
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        let operator = URL_SAFE_NO_PAD.encode(
            r#"{"iss":"presso","aud":"presso-api","iat":0,"exp":9999999999,"who":{"kind":"operator"}}"#,
        );
        for bad in [
            issue(&Ring::of(Key::new(&[2; 32])), guest(), None, NOW).0,
            format!("{none}.{}.", parts[1]),
            format!("{none}.{}.{}", parts[1], parts[2]),
            format!("{}.{operator}.{}", parts[0], parts[2]),
            format!("{}.{}", parts[0], parts[1]),
            format!("{token}.x"),
            "A".repeat(4096),
            String::new(),
        ] {
            assert_eq!(verify(&ring, &bad, NOW), Err(Refused::Invalid), "{bad}");
        }
    }
}

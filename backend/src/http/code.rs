//! `/v1/shops/{shop}/code`: the code, for screens and staff.

use super::body::Answer;
use super::refusal::Refusal;
use super::roles::Screens;
use super::who::Near;
use crate::app::App;
use axum::extract::State;
use presso_core::board::CodeView;
use presso_core::workflow::Rejection;

pub(super) async fn show(
    State(app): State<App>,
    near: Near<Screens>,
) -> Result<Answer<CodeView>, Refusal> {
    let code = app.hub.code(&near.shop);
    Ok(Answer(code.ok_or(Rejection::ShopUnknown)?))
}

//! `GET /v1/shops/{shop}/code`: the code, for displays and staff.

use super::{Call, Endpoint};
use crate::board::CodeView;
use crate::id::ShopId;

/// The current code.
#[derive(Debug, Clone)]
pub struct GetCode {
    /// Whose.
    pub shop: ShopId,
}

impl Endpoint for GetCode {
    type Answer = CodeView;
    fn call(&self) -> Call {
        Call::get(format!("/v1/shops/{}/code", self.shop))
    }
}

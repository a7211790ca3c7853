//! Erasing what says who somebody is.

use super::{Call, Endpoint, Nothing};
use crate::id::ShopId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// `DELETE /v1/me`: a customer erases what they left at every shop, and is signed out everywhere.
#[derive(Debug, Clone, Copy)]
pub struct EraseMe;

/// What went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeErased {
    /// How many rows of which table.
    pub erased: Vec<ErasedRows>,
}

/// Rows of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedRows {
    /// The table.
    pub table: String,
    /// How many.
    pub rows: u64,
}

/// `POST /v1/shops/{shop}/erase`: the end of an event, for managers. Names of customers and of staff
/// go, and how browsers are reached; the journal keeps its pseudonyms.
#[derive(Debug, Clone)]
pub struct EraseShop {
    /// Which; closed, and without living orders.
    pub shop: ShopId,
}

/// What went, and the proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopErased {
    /// When. Copies of the data folder that were made before still have it all.
    pub at: Timestamp,
    /// How many rows of which table.
    pub erased: Vec<ErasedRows>,
    /// What a look through the database's files says.
    pub proof: Proof,
}

/// The files were written anew and every byte of them was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// How many bytes.
    pub bytes: u64,
    /// How many erased values were looked for.
    pub searched: u64,
    /// How many were too short (below 6 bytes) to be told from other text.
    pub too_short: u64,
    /// How many are in the files although no row has them: none, unless something is wrong.
    pub left: u64,
    /// How many are also in rows that stay, of which table: somebody of the same name at another
    /// shop, or a drink that is called so.
    pub elsewhere: Vec<ErasedRows>,
}

impl Endpoint for EraseMe {
    type Answer = MeErased;
    fn call(&self) -> Call {
        Call::delete("/v1/me".into())
    }
}
impl Endpoint for EraseShop {
    type Answer = ShopErased;
    fn call(&self) -> Call {
        Call::post(format!("/v1/shops/{}/erase", self.shop), &Nothing {}).unkeyed()
    }
}

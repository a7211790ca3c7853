//! The HTTP API as types: each request knows its route and what answers it. Server and clients
//! share these, so that neither can drift. The contract in prose is `docs/protocol.md`.

mod code;
mod devices;
mod endpoint;
mod events;
mod keys;
mod menu;
mod orders;
mod passcode;
mod pins;
mod privacy;
mod problem;
mod push;
mod rules;
mod session;
mod sessions;
mod share;
mod shops;
mod staff;

pub use code::GetCode;
pub use devices::{
    ApprovePairing, ApprovePairingBody, BeginPairing, BeginPairingBody, ClaimPairing,
    ClaimPairingBody, DeviceFor, PairedAnswer, PairingAnswer,
};
pub use endpoint::{Call, Endpoint, Method, Nothing};
pub use events::{
    AddSource, AddSourceBody, ListSources, MAX_DETAIL, PutEvent, PutEventAnswer, PutEventBody,
    RemoveSource, SourceKey, SourceView, SourcesAnswer,
};
pub use keys::{RotateKeys, RotateKeysBody, RotatedKeys};
pub use menu::{
    Availability, GetMenu, GetMenuTable, MenuAnswer, MenuTable, PutMenu, ReadMenuTable,
    SwitchDrink, SwitchOption,
};
pub use orders::{
    Cancel, CancelBody, EndedHow, FindOrders, GetJourney, GetOrder, ListOrders, MyOrders,
    OrderAnswer, OrderPage, Scan, ScanAnswer, ScanBody, StaffVerb, Submit, SubmitBody,
};
pub use passcode::{
    AskPasscode, AskPasscodeBody, PASSCODE_DIGITS, PasscodeAnswer, VerifyPasscode,
    VerifyPasscodeBody,
};
pub use pins::{
    CheckPin, CheckPinBody, ClearPin, ColleagueView, ColleaguesAnswer, ListColleagues, PIN_LEAST,
    PIN_MOST, PinFault, PutPin, PutPinBody, Switch, SwitchBody, is_pin, pin_fault,
};
pub use privacy::{EraseMe, EraseShop, ErasedRows, MeErased, Proof, ShopErased};
pub use problem::{PROBLEM_TYPE, Problem};
pub use push::{GetPushKey, PushKeyAnswer, PushMessage, Subscribe, SubscribeBody, Unsubscribe};
pub use rules::{
    DeadAnswer, DeadLetter, DeleteRule, GetRule, ListDead, ListRules, PutRule, Redrive,
    RedriveAnswer, RedriveBody, ReplayAnswer, ReplayBody, ReplayRule, RuleBody, RuleScope,
    RuleView, RulesAnswer, SwitchRule, Target,
};
pub use session::{
    BeginGuest, CreateLink, EndSession, LinkAnswer, LinkBody, LinkFor, RedeemLink, RedeemLinkBody,
    Refresh, RefreshBody, Tokens, Verified, Who,
};
pub use sessions::{
    EndAllSessions, EndShopSession, OwnSessions, SessionView, SessionsAnswer, ShopSessions,
};
pub use share::{
    ReadShared, ReadSharedBody, ShareJourney, SharedJourney, SharedLink, UnshareJourney,
};
pub use shops::{
    CloseShop, CreateShop, CreateShopBody, GetSettings, GetShop, ListShops, OpenShop, PutSettings,
    ShopAnswer, ShopsAnswer, SignInBy, StartPeriod,
};
pub use staff::{
    ChangeStaff, ChangeStaffBody, InviteOrganiser, InviteOrganiserBody, InviteStaff,
    InviteStaffBody, InvitedAnswer, LinkOrganiser, LinkStaff, ListOrganisers, ListStaff,
    RemoveOrganiser, RemoveStaff, StaffAnswer, StaffView,
};

/// The version of this API and of the realtime protocol that this build speaks. A peer with
/// another one asks its user to update.
pub const PROTOCOL: u32 = 1;

//! What is served: a table of contents. Who may ask is enforced by each handler's arguments
//! ([`who`]), what is refused is a problem ([`refusal`]), and [`guard`] stands around everything.

mod answer;
mod body;
mod cache;
mod caller;
mod code;
mod devices;
mod docs;
mod events;
mod failure;
mod guard;
mod headers;
mod health;
mod keyed;
mod keys;
mod leave;
mod menu;
mod metrics;
mod name;
mod openapi;
mod orders;
mod pages;
mod passcode;
mod pins;
mod privacy;
mod push;
mod reading;
mod realtime;
mod refusal;
mod roles;
mod route;
mod rules;
mod session;
mod sessions;
mod share;
mod shops;
mod staff;
#[cfg(test)]
mod tests;
mod told;
mod who;

pub use body::MAX_BODY;
pub use keyed::HEADER as IDEMPOTENCY_KEY;
pub use refusal::Refusal;

pub(crate) use caller::Peer;
pub(crate) use metrics::metrics_router;

use crate::app::App;
use crate::limits::Kind;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{delete, get, post, put};
use route::Route;

const ANYONE: &str = "anyone";
const CUSTOMER: &str = "a customer";
const OWNER: &str = "the order's customer, or staff of its shop";
const WITNESS: &str = "the order's customer, staff of its shop, or the presso command";
const MEMBER: &str = "staff of one shop";
const WORKER: &str = "a barista or a manager of the shop, or an organiser";
const STAFF: &str = "staff of the shop";
const LEAD: &str = "a manager of the shop, or an organiser";
const SCREEN: &str = "a display or staff of the shop";
const PERSON: &str = "a customer, or staff";
const FOUNDER: &str = "an organiser, or the presso command";
const SOURCE: &str = "an event source, by its key";
const OPERATOR: &str = "the presso command";

#[rustfmt::skip] // a table
const ROUTES: &[Route] = &[
    Route::new("get", "/v1/shops", ANYONE, "the open shops; for organisers and the presso command all", || get(shops::list)).gives("ShopsAnswer"),
    Route::new("post", "/v1/shops", FOUNDER, "sets up a shop, closed", || post(shops::create)).keyed().takes("CreateShopBody").creates("ShopAnswer"),
    Route::new("get", "/v1/shops/{shop}", ANYONE, "name, open, full, languages, expected wait", || get(shops::show)).gives("ShopAnswer"),
    Route::new("get", "/v1/shops/{shop}/settings", LEAD, "the settings", || get(shops::settings)).gives("Settings"),
    Route::new("put", "/v1/shops/{shop}/settings", LEAD, "replaces the settings", || put(shops::change_settings)).keyed().takes("Settings").gives("Settings"),
    Route::new("post", "/v1/shops/{shop}/open", STAFF, "admits scans", || post(shops::open)).keyed().takes("Nothing").gives("ShopAnswer"),
    Route::new("post", "/v1/shops/{shop}/close", STAFF, "admits no more scans; orders already started go on", || post(shops::close)).keyed().takes("Nothing").gives("ShopAnswer"),
    Route::new("post", "/v1/shops/{shop}/periods", LEAD, "starts ticket numbers again from 1", || post(shops::start_period)).keyed().takes("Nothing").gives("ShopAnswer"),
    Route::new("get", "/v1/shops/{shop}/menu", ANYONE, "the menu, with what is switched off; has an ETag", || get(menu::show)).gives("MenuAnswer"),
    Route::new("put", "/v1/shops/{shop}/menu", LEAD, "replaces the menu", || put(menu::replace)).keyed().takes("Menu").gives("MenuAnswer"),
    Route::new("get", "/v1/shops/{shop}/menu/table", LEAD, "the menu as a table (CSV)", || get(menu::table)).gives("MenuTable"),
    Route::new("post", "/v1/shops/{shop}/menu/table", LEAD, "reads such a table as a menu, and keeps nothing", || post(menu::read_table)).takes("MenuTable").gives("Menu"),
    Route::new("put", "/v1/shops/{shop}/menu/{drink}/availability", STAFF, "switches a drink on or off", || put(menu::switch_drink)).keyed().takes("Availability").gives("MenuAnswer"),
    Route::new("put", "/v1/shops/{shop}/menu/options/{option}/availability", STAFF, "switches an option on or off", || put(menu::switch_option)).keyed().takes("Availability").gives("MenuAnswer"),
    Route::new("get", "/v1/shops/{shop}/code", SCREEN, "the current code, its places, when it rotates", || get(code::show)).gives("CodeView"),
    Route::new("get", "/v1/shops/{shop}/orders", STAFF, "the shop's orders, newest first, by pages; `state`, `ending`, `search` and `after` narrow it", || get(reading::of_shop)).narrowed_by(&["state", "ending", "search", "after"]).gives("OrderPage"),
    Route::new("post", "/v1/shops/{shop}/links", LEAD, "a link that lets in one member of staff or display, once, within 24 hours", || post(session::create_link)).takes("LinkBody").creates("LinkAnswer"),
    Route::new("get", "/v1/shops/{shop}/staff", LEAD, "who works there, and who is invited", || get(staff::list)).gives("StaffAnswer"),
    Route::new("post", "/v1/shops/{shop}/staff", LEAD, "invites one more, by a link that lets them in once, within 24 hours", || post(staff::invite_one)).takes("InviteStaffBody").creates("InvitedAnswer"),
    Route::new("put", "/v1/shops/{shop}/staff/{staff}", LEAD, "gives one of them another role, which open sessions have at once", || put(staff::change)).takes("ChangeStaffBody").gives("Nothing"),
    Route::new("delete", "/v1/shops/{shop}/staff/{staff}", LEAD, "puts one of them out, wherever they are signed in, open sockets included", || delete(staff::remove)).gives("Nothing"),
    Route::new("post", "/v1/shops/{shop}/staff/{staff}/link", LEAD, "another link for one of them, in place of those that nobody used", || post(staff::link_again)).takes("Nothing").creates("LinkAnswer"),
    Route::new("delete", "/v1/shops/{shop}/staff/{staff}/pin", LEAD, "takes one's PIN away: forgotten, or tried too often", || delete(pins::clear)).gives("Nothing"),
    Route::new("get", "/v1/shops/{shop}/colleagues", WORKER, "who may come in at a tablet of the shop by a PIN", || get(pins::colleagues)).gives("ColleaguesAnswer"),
    Route::new("post", "/v1/organisers", OPERATOR, "invites one more who may do in every shop what its manager may, and make shops", || post(staff::invite_organiser)).takes("InviteOrganiserBody").creates("LinkAnswer"),
    Route::new("get", "/v1/organisers", OPERATOR, "who runs the whole event, and who is invited to", || get(staff::list_organisers)).gives("StaffAnswer"),
    Route::new("delete", "/v1/organisers/{staff}", OPERATOR, "puts one of them out, wherever they are signed in, and erases their name", || delete(staff::remove_organiser)).gives("Nothing"),
    Route::new("post", "/v1/organisers/{staff}/link", OPERATOR, "another link for one of them, in place of those that nobody used", || post(staff::link_organiser_again)).takes("Nothing").creates("LinkAnswer"),
    Route::new("post", "/v1/shops/{shop}/scans", CUSTOMER, "redeems a code: takes a place and starts an order", || post(orders::scan)).keyed().limited(Kind::Scans).takes("ScanBody").creates("ScanAnswer"),
    Route::new("get", "/v1/orders/{order}", OWNER, "the order", || get(reading::show)).gives("OrderAnswer"),
    Route::new("get", "/v1/orders/{order}/journey", WITNESS, "the order's whole history", || get(reading::show_journey)).gives("Journey"),
    Route::new("post", "/v1/orders/{order}/share", "the order's customer", "a link by which anyone may look at the journey, without names; the one before ends", || post(share::share)).takes("Nothing").creates("SharedLink"),
    Route::new("delete", "/v1/orders/{order}/share", "the order's customer", "the link ends", || delete(share::unshare)).gives("Nothing"),
    Route::new("post", "/v1/shared", "who has the link", "the journey that a link leads to", || post(share::read)).takes("ReadSharedBody").gives("SharedJourney"),
    Route::new("post", "/v1/orders/{order}/submit", "the order's customer", "orders what was chosen", || post(orders::submit)).keyed().takes("SubmitBody").gives("OrderAnswer"),
    Route::new("post", "/v1/orders/{order}/cancel", OWNER, "calls it off", || post(orders::cancel)).keyed().takes("CancelBody").gives("OrderAnswer"),
    Route::new("post", "/v1/orders/{order}/undo", OWNER, "takes back one's last verb", || post(orders::undo)).keyed().takes("Nothing").gives("OrderAnswer"),
    Route::new("post", "/v1/orders/{order}/claim", STAFF, "starts making it", || post(orders::claim)).keyed().takes("Nothing").gives("OrderAnswer"),
    Route::new("post", "/v1/orders/{order}/unclaim", STAFF, "gives it back", || post(orders::unclaim)).keyed().takes("Nothing").gives("OrderAnswer"),
    Route::new("post", "/v1/orders/{order}/takeover", STAFF, "takes the claim of a silent tablet", || post(orders::take_over)).keyed().takes("Nothing").gives("OrderAnswer"),
    Route::new("post", "/v1/orders/{order}/complete", STAFF, "puts it on the counter", || post(orders::complete)).keyed().takes("Nothing").gives("OrderAnswer"),
    Route::new("post", "/v1/orders/{order}/collect", STAFF, "hands it over", || post(orders::collect)).keyed().takes("Nothing").gives("OrderAnswer"),
    Route::new("get", "/v1/me/orders", CUSTOMER, "one's own orders, newest first, by pages; `after` goes on", || get(reading::own)).narrowed_by(&["after"]).gives("OrderPage"),
    Route::new("put", "/v1/me/pin", MEMBER, "sets one's own PIN; who has one must know it", || put(pins::set)).limited(Kind::Sessions).takes("PutPinBody").gives("Nothing"),
    Route::new("post", "/v1/me/pin", MEMBER, "is this one's own PIN? Five wrong tries at one device, and it is locked there", || post(pins::check)).limited(Kind::Sessions).takes("CheckPinBody").gives("Nothing"),
    Route::new("get", "/v1/me/sessions", PERSON, "one's own sessions, on whatever device", || get(sessions::list_own)).gives("SessionsAnswer"),
    Route::new("delete", "/v1/me", CUSTOMER, "erases what says who one is, at every shop, and signs out everywhere", || delete(privacy::erase_me)).limited(Kind::Sessions).gives("MeErased"),
    Route::new("post", "/v1/shops/{shop}/erase", LEAD, "erases what says who the people of a closed shop are, and proves it", || post(privacy::erase_shop)).takes("Nothing").gives("ShopErased"),
    Route::new("get", "/v1/shops/{shop}/sessions", LEAD, "the sessions of the shop's staff and displays", || get(sessions::list_of_shop)).gives("SessionsAnswer"),
    Route::new("delete", "/v1/shops/{shop}/sessions/{session}", LEAD, "ends one of them, its open sockets included", || delete(sessions::end_of_shop)).gives("Nothing"),
    Route::new("post", "/v1/session/guest", ANYONE, "begins a guest's session", || post(session::begin_guest)).limited(Kind::Guests).takes("Nothing").gives("Tokens"),
    Route::new("post", "/v1/session/link", "who has the link", "begins a session by a single-use link; a second time is refused, even when the answer was lost", || post(session::redeem_link)).limited(Kind::Sessions).takes("RedeemLinkBody").gives("Tokens"),
    Route::new("post", "/v1/session/refresh", "who has the refresh token", "renews a session; the token before stays good for 30 s, later use of it ends the session", || post(session::refresh)).limited(Kind::Sessions).takes("RefreshBody").gives("Tokens"),
    Route::new("post", "/v1/session/code", CUSTOMER, "sends a one-time code to a number or an address; the same answer whether or not it is known", || post(passcode::ask)).limited(Kind::Passcodes).takes("AskPasscodeBody").gives("PasscodeAnswer"),
    Route::new("post", "/v1/session/verify", CUSTOMER, "signs in with the code that this session asked for; its next access token says so, and the guest's order goes along", || post(passcode::verify)).limited(Kind::Sessions).takes("VerifyPasscodeBody").gives("Nothing"),
    Route::new("post", "/v1/session/switch", "the session that signed a tablet in", "begins a colleague's session at the same tablet by their PIN: as a barista, for twelve hours at the most, and no longer than the tablet's own", || post(pins::switch)).limited(Kind::Sessions).takes("SwitchBody").gives("Tokens"),
    Route::new("post", "/v1/session/end", "who has the refresh token", "ends a session", || post(session::end)).limited(Kind::Sessions).takes("RefreshBody").gives("Nothing"),
    Route::new("post", "/v1/session/end-all", PERSON, "signs out everywhere, here too", || post(sessions::end_all)).takes("Nothing").gives("Nothing"),
    Route::new("post", "/v1/keys", OPERATOR, "signs sessions with a new key from now on; what the one before signed is believed as long as it lives, or not at all", || post(keys::rotate)).takes("RotateKeysBody").gives("RotatedKeys"),
    Route::new("post", "/v1/devices", ANYONE, "a device begins to wait for being let in, and shows a code (RFC 8628)", || post(devices::begin)).limited(Kind::Devices).takes("BeginPairingBody").creates("PairingAnswer"),
    Route::new("post", "/v1/devices/token", "who has the device code", "the device asks whether somebody said yes, every five seconds for ten minutes", || post(devices::claim)).limited(Kind::Sessions).takes("ClaimPairingBody").gives("Tokens"),
    Route::new("post", "/v1/shops/{shop}/devices", LEAD, "lets in the device that shows this code, as a display or a barista's tablet, whichever it is", || post(devices::approve)).takes("ApprovePairingBody").gives("PairedAnswer"),
    Route::new("get", "/v1/push/key", ANYONE, "the public key that web push is signed with", || get(push::key)).gives("PushKeyAnswer"),
    Route::new("put", "/v1/shops/{shop}/push", CUSTOMER, "alerts about one's orders at this shop reach this browser while its page is closed, until the session ends", || put(push::subscribe)).takes("SubscribeBody").gives("Nothing"),
    Route::new("delete", "/v1/push", CUSTOMER, "no such alerts to this session any more", || delete(push::unsubscribe)).gives("Nothing"),
    Route::new("get", "/v1/shops/{shop}/rules", LEAD, "the rules of the shop's events; for the presso command `-` is every shop", || get(rules::list)).gives("RulesAnswer"),
    Route::new("get", "/v1/shops/{shop}/rules/{rule}", LEAD, "one rule, and how it fares", || get(rules::show)).gives("RuleView"),
    Route::new("put", "/v1/shops/{shop}/rules/{rule}", LEAD, "puts a rule in place; a new one tells its secret, once", || put(rules::put)).takes("RuleBody").gives("RuleView"),
    Route::new("delete", "/v1/shops/{shop}/rules/{rule}", LEAD, "deletes a rule with all that was on its way", || delete(rules::delete)).gives("Nothing"),
    Route::new("post", "/v1/shops/{shop}/rules/{rule}/enable", LEAD, "switches a rule on: it sees what happens from now on", || post(rules::enable)).takes("Nothing").gives("RuleView"),
    Route::new("post", "/v1/shops/{shop}/rules/{rule}/disable", LEAD, "switches a rule off: it sees nothing, and nothing goes out", || post(rules::disable)).takes("Nothing").gives("RuleView"),
    Route::new("get", "/v1/shops/{shop}/rules/{rule}/dead", LEAD, "what was given up, oldest first, by pages; `after` goes on", || get(rules::dead)).narrowed_by(&["after"]).gives("DeadAnswer"),
    Route::new("post", "/v1/shops/{shop}/rules/{rule}/redrive", LEAD, "sends what was given up again: one, or up to 1,000", || post(rules::redrive)).takes("RedriveBody").gives("RedriveAnswer"),
    Route::new("post", "/v1/shops/{shop}/rules/{rule}/replay", LEAD, "plays a span of the past again, to this rule", || post(rules::replay)).takes("ReplayBody").gives("ReplayAnswer"),
    Route::new("get", "/v1/shops/{shop}/sources", LEAD, "who else may put events on the shop's bus", || get(events::list)).gives("SourcesAnswer"),
    Route::new("post", "/v1/shops/{shop}/sources", LEAD, "lets one more; its key is told once", || post(events::add)).takes("AddSourceBody").creates("SourceKey"),
    Route::new("delete", "/v1/shops/{shop}/sources/{source}", LEAD, "its key is good no more", || delete(events::remove)).gives("Nothing"),
    Route::new("post", "/v1/shops/{shop}/events", SOURCE, "puts an event on the bus: it can start rules and never touch an order", || post(events::put)).keyed().takes("PutEventBody").creates("PutEventAnswer"),
    Route::new("get", "/v1/realtime", ANYONE, "a WebSocket, subprotocol presso.1; its frames are in docs/protocol.md", || get(realtime::open)).limited(Kind::Sockets),
    Route::new("get", "/healthz", ANYONE, "the process runs", || get(health::live)).gives("Nothing"),
    Route::new("get", "/readyz", ANYONE, "the server takes requests", || get(health::ready)).gives("Nothing"),
    Route::new("get", "/.well-known/jwks.json", ANYONE, "the public halves of the keys whose access tokens are believed", || get(health::keys)).gives("Keys"),
    Route::new("get", "/openapi.json", ANYONE, "this document", || get(openapi::show)).gives("OpenApi"),
    Route::new("get", "/docs/events.json", ANYONE, "the JSON Schema of each event, by its type", || get(docs::schemas)).gives("EventSchemas"),
    Route::new("get", "/docs/asyncapi.json", ANYONE, "the event bus and the socket as an AsyncAPI document", || get(docs::bus_and_socket)).gives("AsyncApi"),
];

/// Everything, ready to be served.
pub fn router(app: &App) -> Router {
    let pages = Router::new()
        .route("/", get(pages::shops))
        .route("/s/worker.js", get(pages::worker))
        .route("/s/{shop}", get(pages::customer))
        .route("/s/{shop}/", get(pages::customer))
        .route("/j", get(pages::shared))
        .route("/barista", get(pages::barista))
        .route("/barista/", get(pages::without_slash))
        .route("/display", get(pages::display))
        .route("/display/", get(pages::without_slash))
        .route("/docs/events", get(docs::page))
        .route("/docs/events.css", get(docs::style))
        .route("/assets/{name}", get(pages::asset));
    let routes = ROUTES.iter();
    routes
        .fold(pages, |router, route| {
            router.route(route.path, route.within_limit(app))
        })
        .fallback(|| async { Refusal::nothing_here() })
        .method_not_allowed_fallback(|| async {
            let status = StatusCode::METHOD_NOT_ALLOWED;
            let sentence = "this address has no such method; see Allow";
            Refusal::new(status, "method_not_allowed", sentence)
        })
        .layer(axum::middleware::from_fn_with_state(
            (app.clone(), headers::Safety::at(&app.public_url)),
            guard::guard,
        ))
        .with_state(app.clone())
}

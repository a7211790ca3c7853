//! The envelopes of Serverlesspresso, as its extensions read them from EventBridge.

use super::{Facts, instant};
use crate::code::Window;
use crate::id::OptionId;
use crate::menu::{Choice, Menu};
use crate::order::TimeOutCause;
use crate::settings::Settings;
use crate::workflow::{Event, EventKind};
use serde_json::{Value, json};
use uuid::Uuid;

/// Who sends them, by the name that the extensions' rules ask for.
pub const SOURCE: &str = "awsserverlessda.serverlesspresso";
/// There is no account and no region; rules that ask for some do not match.
pub(super) const ACCOUNT: &str = "000000000000";
pub(super) const REGION: &str = "presso";

/// Every detail-type that is sent.
pub const DETAIL_TYPES: [&str; 10] = [
    "Validator.NewOrder",
    "OrderProcessor.WorkflowStarted",
    "OrderProcessor.WaitingCompletion",
    "OrderManager.WaitingCompletion",
    "OrderManager.MakeOrder",
    "OrderManager.OrderCompleted",
    "OrderManager.OrderCancelled",
    "OrderProcessor.OrderTimeOut",
    "OrderProcessor.orderFinished",
    "ConfigService.ConfigChanged",
];

/// The event's envelopes, in the order in which Serverlesspresso sends them: none, one or two.
#[must_use]
pub fn eventbridge(event: &Event, facts: &Facts<'_>) -> Vec<Value> {
    let envelope = |(kind, detail): (&str, Value)| {
        json!({
            "version": "0",
            "id": Uuid::new_v5(&event.id.0, kind.as_bytes()),
            "detail-type": kind,
            "source": SOURCE,
            "account": ACCOUNT,
            "time": instant::seconds(event.at),
            "region": REGION,
            "resources": [],
            "detail": detail,
        })
    };
    details(event, facts).into_iter().map(envelope).collect()
}

fn details(event: &Event, facts: &Facts<'_>) -> Vec<(&'static str, Value)> {
    let about = |message: &str| about(event, facts, message);
    let with = |message: &str, field: &str, value: Value| {
        let mut detail = about(message);
        detail[field] = value;
        detail
    };
    match &event.kind {
        EventKind::OrderStarted { window, place, .. } => vec![
            (
                "Validator.NewOrder",
                with(
                    "The code was valid: an order was started.",
                    "bucket",
                    bucket(*window, *place, facts),
                ),
            ),
            (
                "OrderProcessor.WorkflowStarted",
                with(
                    "The order waits for the customer to choose.",
                    "TaskToken",
                    task(event, "WorkflowStarted"),
                ),
            ),
        ],
        EventKind::OrderSubmitted { choice, ticket, .. } => {
            let number = json!(ticket.to_string());
            let mut waiting = with(
                "The order has its number and waits to be made.",
                "TaskToken",
                task(event, "WaitingCompletion"),
            );
            waiting["orderNumber"] = number.clone();
            let mut queued = with("The order is in the queue.", "orderNumber", number);
            queued["state"] = state(facts, "CREATED");
            queued["drinkOrder"] = drink(choice, &queued["userId"], facts);
            queued["robot"] = json!(false);
            queued["TS"] = json!(event.at);
            vec![
                ("OrderProcessor.WaitingCompletion", waiting),
                ("OrderManager.WaitingCompletion", queued),
            ]
        }
        EventKind::OrderClaimed { claim, .. } | EventKind::OrderTakenOver { claim, .. } => {
            let message = "A barista makes the order.";
            let detail = with(message, "baristaUserId", json!(claim.staff));
            vec![("OrderManager.MakeOrder", detail)]
        }
        EventKind::OrderUnclaimed { .. } => {
            let message = "The barista gave the order back to the queue.";
            let detail = with(message, "baristaUserId", json!(""));
            vec![("OrderManager.MakeOrder", detail)]
        }
        EventKind::OrderCompleted { .. } => ended(
            "OrderManager.OrderCompleted",
            with(
                "The order is ready.",
                "ORDERSTATE",
                state(facts, "COMPLETED"),
            ),
            about("The order is finished."),
        ),
        EventKind::OrderCancelled { .. } => ended(
            "OrderManager.OrderCancelled",
            with(
                "The order was cancelled.",
                "ORDERSTATE",
                state(facts, "CANCELLED"),
            ),
            about("The order is finished."),
        ),
        EventKind::OrderTimedOut { cause, .. } => {
            let cause = match cause {
                TimeOutCause::Customer => "Customer timedout",
                TimeOutCause::Barista => "Barista timedout",
            };
            let detail = with("A deadline of the order passed.", "cause", json!(cause));
            vec![("OrderProcessor.OrderTimeOut", detail)]
        }
        EventKind::SettingsChanged { settings } => {
            let image = image(settings, facts);
            vec![("ConfigService.ConfigChanged", json!({"NewImage": image}))]
        }
        _ => Vec::new(),
    }
}

/// After an order's last envelope comes the one that says so.
fn ended(kind: &'static str, detail: Value, finished: Value) -> Vec<(&'static str, Value)> {
    vec![(kind, detail), ("OrderProcessor.orderFinished", finished)]
}

/// What the detail of every order has.
fn about(event: &Event, facts: &Facts<'_>, message: &str) -> Value {
    let customer = match &event.kind {
        EventKind::OrderStarted { customer, .. } => Some(*customer),
        _ => facts.customer,
    };
    json!({
        "orderId": event.kind.order(),
        "userId": customer.map(|customer| customer.to_string()).unwrap_or_default(),
        "eventId": facts.shop,
        "Message": message,
    })
}

/// What looks like the token of a waiting task. There is no task, and it grants nothing.
fn task(event: &Event, waits: &str) -> Value {
    let token = Uuid::new_v5(&event.id.0, format!("TaskToken {waits}").as_bytes());
    json!(token.simple().to_string())
}

fn state(facts: &Facts<'_>, state: &str) -> Value {
    json!(format!("{}-{state}", facts.shop))
}

/// The code's span. Its code is left out: that is a secret while it lives.
fn bucket(window: Window, place: u32, facts: &Facts<'_>) -> Value {
    let (start, end) = (window.starts_at(), window.rotates_at().plus_ms(-1));
    json!({
        "PK": format!("{}-{}", facts.shop, window.index),
        "last_id": window.index,
        "last_code": "",
        "start_ts": start,
        "start_full": instant::javascript(start),
        "end_ts": end,
        "end_full": instant::javascript(end),
        "availableTokens": facts.settings.code_places.saturating_sub(place),
        "eventId": facts.shop,
    })
}

/// Drinks and options by the names that the menu gives them; by their identifiers once they are
/// off it.
fn drink(choice: &Choice, user: &Value, facts: &Facts<'_>) -> Value {
    let drink = facts.menu.drinks.iter().find(|one| one.id == choice.drink);
    let modifiers: Vec<&str> = choice
        .options
        .iter()
        .map(|id| option(facts.menu, id))
        .collect();
    json!({
        "userId": user,
        "drink": drink.map_or(choice.drink.as_str(), |drink| drink.name.as_str()),
        "modifiers": modifiers,
        "icon": drink.map_or("", |drink| drink.icon.as_str()),
    })
}

fn option<'a>(menu: &'a Menu, id: &'a OptionId) -> &'a str {
    let mut options = menu.groups.iter().flat_map(|group| &group.options);
    let known = options.find(|option| option.id == *id);
    known.map_or(id.as_str(), |option| option.name.as_str())
}

/// The row of Serverlesspresso's configuration table, in DynamoDB's typed JSON, as far as there is
/// a setting for it.
fn image(settings: &Settings, facts: &Facts<'_>) -> Value {
    let number = |number: u32| json!({"N": number.to_string()});
    json!({
        "PK": {"S": facts.shop},
        "eventId": {"S": facts.shop},
        "name": {"S": settings.name},
        "storeOpen": {"BOOL": facts.open},
        "maxOrdersInQueue": number(settings.capacity),
        "maxOrdersPerUser": number(settings.orders_per_customer),
        "maxOrdersPerCode": number(settings.code_places),
        "codeRotationSeconds": number(settings.rotation_s),
        "submitWithinSeconds": number(settings.submit_within_s),
        "makeWithinSeconds": number(settings.make_within_s),
    })
}

//! The browser's own reader of codes, `BarcodeDetector`, where there is one: found by name, since
//! few have it. It is quick, takes no download, and uses what the device has for it.

use crate::camera::Seen;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlVideoElement;

/// What it is to look for.
const FORMAT: &str = "qr_code";

/// A detector of QR codes.
pub(crate) struct Detector(JsValue);

impl Detector {
    /// None where the browser has none, or has one that cannot read QR codes.
    pub(crate) async fn find() -> Option<Self> {
        let class = get(&js_sys::global(), "BarcodeDetector")?;
        let class: Function = class.dyn_into().ok()?;
        let formats = call(&class, "getSupportedFormats", &[]).await?;
        if !formats
            .dyn_into::<Array>()
            .ok()?
            .includes(&FORMAT.into(), 0)
        {
            return None;
        }
        let options = Object::new();
        let wanted = Array::of1(&FORMAT.into());
        Reflect::set(&options, &"formats".into(), &wanted).ok()?;
        Some(Self(
            Reflect::construct(&class, &Array::of1(&options)).ok()?,
        ))
    }

    /// The code in the picture of this moment. None also when it breaks: there is another reader.
    pub(crate) async fn detect(&self, video: &HtmlVideoElement) -> Option<Seen> {
        let found = call(&self.0, "detect", &[video.as_ref()]).await?;
        let first = found.dyn_into::<Array>().ok()?.get(0);
        let points = get(&first, "cornerPoints")?.dyn_into::<Array>().ok()?;
        let point = |i: u32| {
            let point = points.get(i);
            Some((get(&point, "x")?.as_f64()?, get(&point, "y")?.as_f64()?))
        };
        Some(Seen {
            text: get(&first, "rawValue")?.as_string()?,
            corners: [point(0)?, point(1)?, point(2)?, point(3)?],
            of: (
                f64::from(video.video_width()),
                f64::from(video.video_height()),
            ),
        })
    }
}

fn get(of: &JsValue, name: &str) -> Option<JsValue> {
    let value = Reflect::get(of, &name.into()).ok()?;
    (!value.is_undefined()).then_some(value)
}

async fn call(of: &JsValue, name: &str, args: &[&JsValue]) -> Option<JsValue> {
    let method: Function = get(of, name)?.dyn_into().ok()?;
    let args: Array = args.iter().copied().collect();
    let promise: Promise = method.apply(of, &args).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()
}

//! Calling for attention: sounds, vibration.
//!
//! A browser lets a page sound only after its user touched it, so [`prepare_sound`] is called once
//! at the start and unlocks sound at the first touch or key.

use leptos::{ev, prelude::*};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{AudioContext, OscillatorType};

thread_local! {
    static AUDIO: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// A short tune.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tune {
    /// A drink is ready: rising, bright.
    Ready,
    /// Something new to do: two equal knocks.
    New,
    /// Bad news: falling.
    Sorry,
}

impl Tune {
    /// Frequency (Hz), start and length (s).
    const fn notes(self) -> &'static [(f32, f64, f64)] {
        match self {
            Self::Ready => &[
                (659.3, 0.0, 0.28),
                (830.6, 0.16, 0.28),
                (987.8, 0.32, 0.3),
                (1318.5, 0.48, 0.7),
            ],
            Self::New => &[(784.0, 0.0, 0.16), (784.0, 0.2, 0.3)],
            Self::Sorry => &[(523.3, 0.0, 0.3), (392.0, 0.24, 0.5)],
        }
    }
    /// Milliseconds on and off.
    const fn pulse(self) -> &'static [u32] {
        match self {
            Self::Ready => &[220, 90, 220, 90, 420],
            Self::New => &[120],
            Self::Sorry => &[320],
        }
    }
}

/// Unlocks sound at the first touch or key. Call once, when the page starts.
pub fn prepare_sound() {
    let unlock = || {
        AUDIO.with(|audio| {
            let mut audio = audio.borrow_mut();
            if audio.is_none() {
                *audio = AudioContext::new().ok();
            }
            if let Some(context) = audio.as_ref() {
                // A promise that nobody waits for: until it is kept there is just no sound.
                let _ = context.resume();
            }
        });
    };
    // Handles are dropped on purpose: both listen as long as the page lives.
    let _ = window_event_listener(ev::pointerdown, move |_| unlock());
    let _ = window_event_listener(ev::keydown, move |_| unlock());
}

/// Can a tune be heard now?
#[must_use]
pub fn sound_is_on() -> bool {
    AUDIO.with(|audio| {
        let audio = audio.borrow();
        audio
            .as_ref()
            .is_some_and(|context| context.state() == web_sys::AudioContextState::Running)
    })
}

/// Plays a tune and vibrates, as far as the device may and can.
pub fn call_out(tune: Tune) {
    AUDIO.with(|audio| {
        if let Some(context) = audio.borrow().as_ref() {
            // A device without sound output has nothing to report to anybody.
            let _ = play(context, tune);
        }
    });
    vibrate(tune);
}

fn vibrate(tune: Tune) {
    let navigator = JsValue::from(window().navigator());
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).ok();
    // Before the first touch a browser refuses, and says so in its console.
    let touched = get(&navigator, "userActivation").and_then(|a| get(&a, "hasBeenActive"));
    if touched.is_some_and(|touched| touched.is_falsy()) {
        return;
    }
    let pattern = js_sys::Array::new();
    for ms in tune.pulse() {
        pattern.push(&JsValue::from(*ms));
    }
    // Safari has no vibration: then the member is undefined, and no function.
    if let Some(vibrate) = get(&navigator, "vibrate")
        && let Some(vibrate) = vibrate.dyn_ref::<js_sys::Function>()
    {
        let _ = vibrate.call1(&navigator, &pattern);
    }
}

fn play(context: &AudioContext, tune: Tune) -> Result<(), JsValue> {
    let start = context.current_time();
    for (hertz, after, lasts) in tune.notes() {
        let (tone, volume) = (context.create_oscillator()?, context.create_gain()?);
        tone.set_type(OscillatorType::Triangle);
        tone.frequency().set_value(*hertz);
        let (from, to) = (start + after, start + after + lasts);
        let loudness = volume.gain();
        loudness.set_value_at_time(0.0001, from)?;
        loudness.exponential_ramp_to_value_at_time(0.35, from + 0.02)?;
        loudness.exponential_ramp_to_value_at_time(0.0001, to)?;
        tone.connect_with_audio_node(&volume)?;
        volume.connect_with_audio_node(&context.destination())?;
        tone.start_with_when(from)?;
        tone.stop_with_when(to + 0.05)?;
    }
    Ok(())
}

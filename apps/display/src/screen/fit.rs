//! How many tickets fit: measured from the page, since the style sheet decides how big they are.

use leptos::{ev, html, prelude::*};
use presso_core::time::Timestamp;
use presso_display::paging::Grid;

/// The grid that fits into `area` by the size of `sample`, an invisible ticket in it. Measured
/// anew when the window changes, and every second, since what stands around it may change.
pub(super) fn fitting(
    area: NodeRef<html::Div>,
    sample: NodeRef<html::Span>,
    now: Signal<Timestamp>,
) -> Memo<Grid> {
    let resized = RwSignal::new(0_u32);
    let listener = window_event_listener(ev::resize, move |_| {
        resized.update(|n| *n = n.wrapping_add(1));
    });
    on_cleanup(move || listener.remove());
    // Sizes are known once the page is laid out.
    area.on_load(move |_| {
        request_animation_frame(move || resized.update(|n| *n = n.wrapping_add(1)))
    });
    Memo::new(move |_| {
        resized.track();
        now.track();
        let (Some(area), Some(sample)) = (area.get(), sample.get()) else {
            return Grid {
                columns: 1,
                rows: 1,
            };
        };
        let size = |width: i32, height: i32| (f64::from(width), f64::from(height));
        Grid::fitting(
            size(area.client_width(), area.client_height()),
            size(sample.offset_width(), sample.offset_height()),
            0.0,
        )
    })
}

//! What makes a frame hard, and how hard it gets.

use crate::{
    Size,
    chance::Chance,
    lens::Lens,
    light::{Glare, Pixels, Shadow},
    pose::Lie,
    scene::{Code, Scene},
};

/// What makes a frame hard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Nothing: near and far, held straight.
    Clean,
    /// Turned, by any angle.
    Rotation,
    /// Seen from the side, up to 65°.
    Tilt,
    /// Out of focus, or shaken.
    Blur,
    /// A dark room: noise.
    Noise,
    /// Grey on grey, down to a difference of 8.
    LowContrast,
    /// A lamp reflected on the code.
    Glare,
    /// Half of the code in a shadow, down to a tenth of the light.
    Shadow,
    /// Far away, down to 1.5 pixels a module.
    Small,
    /// Light on dark.
    Inverted,
    /// A screen whose pixels beat against the camera's.
    Screen,
    /// A little of everything.
    Mixed,
}

impl Condition {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 12] = [
        Self::Clean,
        Self::Rotation,
        Self::Tilt,
        Self::Blur,
        Self::Noise,
        Self::LowContrast,
        Self::Glare,
        Self::Shadow,
        Self::Small,
        Self::Inverted,
        Self::Screen,
        Self::Mixed,
    ];

    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Rotation => "rotation",
            Self::Tilt => "tilt",
            Self::Blur => "blur",
            Self::Noise => "noise",
            Self::LowContrast => "low contrast",
            Self::Glare => "glare",
            Self::Shadow => "shadow",
            Self::Small => "small",
            Self::Inverted => "inverted",
            Self::Screen => "screen",
            Self::Mixed => "mixed",
        }
    }

    /// A scene, `hard` being 0 to 1.
    pub(crate) fn scene(self, size: Size, hard: f32, text: &str, chance: &mut Chance) -> Scene {
        let mut scene = good(size, text, chance);
        match self {
            Self::Clean => {}
            Self::Rotation => scene.lie.turn_deg = 360.0 * hard + chance.between(-8.0, 8.0),
            Self::Tilt => {
                scene.lie.lean_deg = (15.0 + 50.0 * hard, chance.between(0.0, 360.0));
                scene.grow(1.0 + 0.3 * hard);
            }
            Self::Blur => blur(&mut scene, hard, chance),
            Self::Noise => scene.lens.noise = 14.0 + 62.0 * hard,
            Self::LowContrast => {
                let difference = 80.0 * (1.0 - hard) + 8.0;
                scene.ink = chance.between(20.0, 230.0 - difference);
                scene.paper = scene.ink + difference;
                scene.lens.noise = 1.2;
            }
            Self::Glare => glare(&mut scene, hard, chance),
            Self::Shadow => shadow(&mut scene, 0.6 - 0.52 * hard, chance),
            Self::Small => scene.grow((3.4 - 1.9 * hard) / scene.lie.unit),
            Self::Inverted => std::mem::swap(&mut scene.ink, &mut scene.paper),
            Self::Screen => screen(&mut scene, hard, chance),
            Self::Mixed => mixed(&mut scene, hard, chance),
        }
        scene
    }
}

/// A frame in which nothing is hard: a code that fills a third to nearly all of the height.
fn good(size: Size, text: &str, chance: &mut Chance) -> Scene {
    let code = Code::of(text);
    let fills = chance.between(0.32, 0.72);
    let unit = fills * size.height as f32 / code.side as f32;
    let (width, height) = (size.width as f32, size.height as f32);
    let room = 0.5 - fills * 0.62;
    Scene {
        size,
        lie: Lie {
            middle: (
                width / 2.0 + chance.between(-0.5, 0.5) * room * width,
                height / 2.0 + chance.between(-0.7, 0.7) * room * height,
            ),
            unit,
            turn_deg: chance.between(-7.0, 7.0),
            lean_deg: (chance.between(0.0, 12.0), chance.between(0.0, 360.0)),
            distance: 1.1 * width,
        },
        code,
        ink: chance.between(12.0, 45.0),
        paper: chance.between(200.0, 238.0),
        wall: chance.between(70.0, 170.0),
        shadow: None,
        glare: None,
        pixels: None,
        lens: Lens {
            blur: chance.between(0.5, 0.8),
            shake: (0.0, 0.0),
            noise: chance.between(1.5, 4.0),
        },
    }
}

impl Scene {
    /// Nearer or farther.
    fn grow(&mut self, by: f32) {
        self.lie.unit *= by;
    }
    /// The code's side in the frame, pixels.
    fn side(&self) -> f32 {
        self.code.side as f32 * self.lie.unit
    }
    /// A place on the code, up to `far` of its side from its middle.
    fn place(&self, far: f32, chance: &mut Chance) -> (f32, f32) {
        let side = self.side();
        (
            self.lie.middle.0 + chance.between(-far, far) * side,
            self.lie.middle.1 + chance.between(-far, far) * side,
        )
    }
}

/// Two of three out of focus, one shaken.
fn blur(scene: &mut Scene, hard: f32, chance: &mut Chance) {
    if chance.below(3) == 0 {
        let far = scene.lie.unit * (0.5 + 1.4 * hard);
        let way = chance.between(0.0, std::f32::consts::TAU);
        scene.lens.shake = (far * way.cos(), far * way.sin());
    } else {
        scene.lens.blur = scene.lie.unit * (0.2 + 0.55 * hard);
    }
}

fn glare(scene: &mut Scene, hard: f32, chance: &mut Chance) {
    let reach = scene.side() * (0.08 + 0.34 * hard);
    scene.glare = Some(Glare {
        middle: scene.place(0.35, chance),
        reach: (reach, reach * chance.between(0.4, 1.0)),
        turn: chance.between(0.0, 3.0),
        adds: 150.0 + 220.0 * hard,
    });
}

fn shadow(scene: &mut Scene, leaves: f32, chance: &mut Chance) {
    let way = chance.between(0.0, std::f32::consts::TAU);
    scene.shadow = Some(Shadow {
        edge: scene.place(0.3, chance),
        across: (way.cos(), way.sin()),
        soft: scene.side() * chance.between(0.01, 0.25),
        leaves,
    });
}

fn screen(scene: &mut Scene, hard: f32, chance: &mut Chance) {
    // The nearer to a pixel of the camera, the wider and stronger the beat.
    let pitch = chance.between(0.7, 1.7);
    scene.pixels = Some(Pixels {
        in_a_module: scene.lie.unit / pitch,
        gaps: 0.25 + 0.65 * hard,
        bands: (0.15 + 0.35 * hard, chance.between(12.0, 60.0)),
    });
    scene.lie.turn_deg = chance.between(-20.0, 20.0);
    scene.ink = chance.between(18.0, 50.0);
    scene.lens.blur = 0.35;
}

fn mixed(scene: &mut Scene, hard: f32, chance: &mut Chance) {
    scene.lie.turn_deg = chance.between(0.0, 360.0);
    scene.lie.lean_deg = (
        10.0 + 30.0 * hard * chance.part(),
        chance.between(0.0, 360.0),
    );
    scene.lens.blur = (scene.lie.unit * (0.12 + 0.3 * hard * chance.part())).max(0.4);
    scene.lens.noise = 4.0 + 24.0 * hard * chance.part();
    let difference = 150.0 - 100.0 * hard * chance.part();
    scene.ink = chance.between(15.0, 60.0);
    scene.paper = scene.ink + difference;
    if chance.sign() > 0.0 {
        shadow(scene, 0.8 - 0.5 * hard * chance.part(), chance);
    } else {
        glare(scene, 0.5 * hard * chance.part(), chance);
    }
}

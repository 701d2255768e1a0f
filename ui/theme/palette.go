package theme

import "image/color"

// Role is what a colour means. Widgets name roles, never colours.
type Role int

// The roles. Pairs that are drawn on each other are tested for contrast.
const (
	None     Role = iota // transparent
	Bg                   // behind everything
	Surface              // cards, bars
	Sunk                 // wells: the alert column, inputs, key hints
	Ink                  // text and values
	Muted                // secondary text
	Line                 // hairlines and borders
	Act                  // what can be acted on; selection and focus
	OnAct                // text on Act
	ActHover             // Act under the pointer
	Hover                // a surface under the pointer
	N0                   // NEWS2 0, and its text
	N0T
	N1 // low, total 1-4
	N1T
	N3 // one parameter scores 3
	N3T
	N5 // medium, total 5-6
	N5T
	N7 // high, total 7 or more
	N7T
	Hi    // high alert: bars, borders, badges
	HiT   // text on Hi
	HiBg  // tint of a tile with a high alert, allergy chips
	Alarm // red text and values
	Med
	MedOn
	MedBg
	MedT
	Lo
	LoOn
	LoBg
	LoT
	Tech
	TechT
	Lock
	LockBg
	Stale // values past their limit
	OK
	Zero // band of zero points in a trend
	Shade
	roles
)

// Palette gives each role its colour.
type Palette [roles]color.NRGBA

func hex(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}

// Light is the palette of the day.
var Light = Palette{
	Bg: hex(0xEEF2F5), Surface: hex(0xFFFFFF), Sunk: hex(0xE4EAEF), Ink: hex(0x13202B), Muted: hex(0x4A5A66),
	Line: hex(0xCFD8DF), Act: hex(0x0B5CAD), OnAct: hex(0xFFFFFF), ActHover: hex(0x094A8C), Hover: hex(0xF4F7F9),
	N0: hex(0xDCE3E8), N0T: hex(0x2C3B46), N1: hex(0xD6E8D8), N1T: hex(0x1E4D27), N3: hex(0xF7E3A1), N3T: hex(0x4F3A00),
	N5: hex(0xF4B544), N5T: hex(0x3D2700), N7: hex(0xC4162C), N7T: hex(0xFFFFFF),
	Hi: hex(0xC4162C), HiT: hex(0xFFFFFF), HiBg: hex(0xFCE6E8), Alarm: hex(0x8E0D1E),
	Med: hex(0xF2B600), MedOn: hex(0x3D2700), MedBg: hex(0xFFF4CC), MedT: hex(0x5C4300),
	Lo: hex(0x0A7787), LoOn: hex(0xFFFFFF), LoBg: hex(0xDDF2F5), LoT: hex(0x084F59),
	Tech: hex(0x4A5A66), TechT: hex(0xFFFFFF), Lock: hex(0x5B3FA8), LockBg: hex(0xECE6FA),
	Stale: hex(0x66747F), OK: hex(0x1B7F3B), Zero: hex(0xE6F1E8), Shade: {R: 0x13, G: 0x20, B: 0x2B, A: 0x8C},
}

// Night is the palette of the dark ward: no white anywhere, and the band
// colours hold enough light to be told apart.
var Night = Palette{
	Bg: hex(0x0B1117), Surface: hex(0x151E27), Sunk: hex(0x0F171E), Ink: hex(0xE8EEF3), Muted: hex(0x9DB0BE),
	Line: hex(0x2A3742), Act: hex(0x6CB4FF), OnAct: hex(0x05121F), ActHover: hex(0x93C8FF), Hover: hex(0x1B2630),
	N0: hex(0x26323C), N0T: hex(0xD3DDE4), N1: hex(0x1E3B27), N1T: hex(0xC4EACD), N3: hex(0x4A3C0B), N3T: hex(0xFFE59A),
	N5: hex(0xC88A1C), N5T: hex(0x150C00), N7: hex(0xC62A40), N7T: hex(0xFFFFFF),
	Hi: hex(0xFF5A6C), HiT: hex(0x24040A), HiBg: hex(0x3A1218), Alarm: hex(0xFF9BA6),
	Med: hex(0xF2B600), MedOn: hex(0x2B1C00), MedBg: hex(0x352A05), MedT: hex(0xFFE08A),
	Lo: hex(0x3CC3D4), LoOn: hex(0x03181B), LoBg: hex(0x0C2F35), LoT: hex(0xA8E9F1),
	Tech: hex(0x9DB0BE), TechT: hex(0x0F171E), Lock: hex(0xB9A4FF), LockBg: hex(0x251C40),
	Stale: hex(0x8797A3), OK: hex(0x4CC774), Zero: hex(0x1A2C22), Shade: {A: 0xB4},
}

// HighContrast is black on white with full-strength bands and borders.
var HighContrast = Palette{
	Bg: hex(0xFFFFFF), Surface: hex(0xFFFFFF), Sunk: hex(0xF2F2F2), Ink: hex(0x000000), Muted: hex(0x222222),
	Line: hex(0x3A3A3A), Act: hex(0x003C8F), OnAct: hex(0xFFFFFF), ActHover: hex(0x00265C), Hover: hex(0xECECEC),
	N0: hex(0xE0E0E0), N0T: hex(0x000000), N1: hex(0xBFE8C6), N1T: hex(0x000000), N3: hex(0xFFE070), N3T: hex(0x000000),
	N5: hex(0xFFA500), N5T: hex(0x000000), N7: hex(0x9C0015), N7T: hex(0xFFFFFF),
	Hi: hex(0x9C0015), HiT: hex(0xFFFFFF), HiBg: hex(0xFFE9EB), Alarm: hex(0x8A0012),
	Med: hex(0xFFC000), MedOn: hex(0x000000), MedBg: hex(0xFFF0B0), MedT: hex(0x000000),
	Lo: hex(0x00505C), LoOn: hex(0xFFFFFF), LoBg: hex(0xD8F4F8), LoT: hex(0x002F36),
	Tech: hex(0x222222), TechT: hex(0xFFFFFF), Lock: hex(0x3B1F8C), LockBg: hex(0xEDE6FF),
	Stale: hex(0x555555), OK: hex(0x00601F), Zero: hex(0xDDF0E1), Shade: {A: 0xA0},
}

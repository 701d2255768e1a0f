// Package fonts embeds the station's typeface: Inter under the SIL Open Font
// License, cut down and with tabular figures. See build.py and OFL.txt.
package fonts

import _ "embed"

// The three weights. Digits are tabular in all of them: a figure keeps its
// place when it changes.
var (
	//go:embed WardlightSans-Regular.ttf
	Regular []byte
	//go:embed WardlightSans-SemiBold.ttf
	SemiBold []byte
	//go:embed WardlightSans-Bold.ttf
	Bold []byte
)

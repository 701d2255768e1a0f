// Package icons embeds the station's mark.
package icons

import _ "embed"

// Window is the mark at 256 pixels, for the window and the task bar.
//
//go:embed wardlight-256.png
var Window []byte

// Small is the mark at 64 pixels, for the sign-in screen.
//
//go:embed wardlight-64.png
var Small []byte

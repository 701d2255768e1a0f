package notify

import (
	"slices"
	"strings"

	"github.com/godbus/dbus/v5"
)

// fdMessage is the argument list of the freedesktop Notify call.
type fdMessage struct {
	icon, summary, body string
	actions             []string
	hints               map[string]dbus.Variant
	expire              int32
}

// category is the kind of note, of the specification's device class.
const category = "device.alarm"

// markup escapes a text for services that read the body as markup.
var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// message builds the Notify call for a note that is plain already. It is a pure
// function of its arguments.
func message(n Note, entry string, capabilities []string) fdMessage {
	m := fdMessage{
		icon: entry, summary: n.Title, body: n.Body, expire: -1, actions: []string{},
		hints: map[string]dbus.Variant{
			"urgency":        dbus.MakeVariant(byte(n.Urgency)),
			"category":       dbus.MakeVariant(category),
			"desktop-entry":  dbus.MakeVariant(entry),
			"suppress-sound": dbus.MakeVariant(true), // the station has tones of its own
		},
	}
	if n.Urgency == Critical {
		m.expire = 0 // never
	}
	// The summary is plain text in every version of the specification.
	if slices.Contains(capabilities, "body-markup") {
		m.body = markup.Replace(m.body)
	}
	if slices.Contains(capabilities, "actions") {
		for _, a := range n.Actions {
			m.actions = append(m.actions, a.Key, a.Label)
		}
	}
	return m
}

// tidy returns a service's capabilities sorted and fit to be shown.
func tidy(capabilities []string) []string {
	var out []string
	for _, c := range capabilities[:min(len(capabilities), 32)] {
		out = append(out, Plain(c, maxLabel))
	}
	slices.Sort(out)
	return out
}

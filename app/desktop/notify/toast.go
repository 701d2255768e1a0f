package notify

import (
	"encoding/xml"
	"fmt"
	"net/url"
)

// The Windows toast schema, as far as it is used.
type toast struct {
	XMLName  xml.Name      `xml:"toast"`
	Launch   string        `xml:"launch,attr"`
	Scenario string        `xml:"scenario,attr,omitempty"`
	Duration string        `xml:"duration,attr,omitempty"`
	Binding  toastBinding  `xml:"visual>binding"`
	Buttons  []toastButton `xml:"actions>action"`
	Audio    toastAudio    `xml:"audio"`
}

type toastBinding struct {
	Template string   `xml:"template,attr"`
	Texts    []string `xml:"text"`
}

type toastButton struct {
	Content    string `xml:"content,attr"`
	Arguments  string `xml:"arguments,attr"`
	Activation string `xml:"activationType,attr"`
}

type toastAudio struct {
	Silent bool `xml:"silent,attr"`
}

// Toast returns the XML document that Windows shows for the note. Every text is
// character data or an attribute value written by an XML encoder: nothing in it
// can become an element. The document is silent, as the station has tones of its
// own. It is a pure function so that it is tested on every system.
func Toast(n Note) (string, error) {
	n, err := n.plain()
	if err != nil {
		return "", err
	}
	t := toast{
		Launch:  toastArguments(Invoked{n.Key, "default"}),
		Binding: toastBinding{Template: "ToastGeneric", Texts: []string{n.Title, n.Body}},
		Audio:   toastAudio{Silent: true},
	}
	for _, a := range n.Actions {
		if a.Key == "default" { // the toast itself
			continue
		}
		t.Buttons = append(t.Buttons, toastButton{
			Content: a.Label, Arguments: toastArguments(Invoked{n.Key, a.Key}), Activation: "foreground",
		})
	}
	if n.Urgency == Critical {
		t.Duration = "long"
		if len(t.Buttons) > 0 { // Windows ignores the scenario on a toast without one
			t.Scenario = "reminder"
		}
	}
	text, err := xml.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("toast: %w", err)
	}
	return string(text), nil
}

// toastArguments is what Windows hands back when a toast is chosen.
func toastArguments(i Invoked) string {
	return url.Values{"note": {i.Key}, "action": {i.Action}}.Encode()
}

// toastInvoked reads toastArguments. Windows passes on what any program of the
// user sent to the activator: what is not well formed is refused.
func toastInvoked(arguments string) (Invoked, bool) {
	v, err := url.ParseQuery(arguments)
	if err != nil || len(v) != 2 || len(v["note"]) != 1 || len(v["action"]) != 1 {
		return Invoked{}, false
	}
	i := Invoked{v.Get("note"), v.Get("action")}
	return i, checkKey(i.Key) == nil && checkKey(i.Action) == nil
}

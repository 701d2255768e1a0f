package site

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"
)

// Each setting that a policy may make is in the template, with the kind of value
// that the program reads, and each text that the definitions name is there. Seen red
// with lists written as texts.
func TestAdmxHasEverySetting(t *testing.T) {
	definitions, texts := Admx()
	type element struct {
		Value string `xml:"valueName,attr"`
	}
	var d struct {
		Policies []struct {
			Name    string `xml:"name,attr"`
			Shown   string `xml:"displayName,attr"`
			Explain string `xml:"explainText,attr"`
			Form    string `xml:"presentation,attr"`
			Key     string `xml:"key,attr"`
			Value   string `xml:"valueName,attr"`
			On      struct {
				Value string `xml:"value,attr"`
			} `xml:"enabledValue>decimal"`
			Off struct {
				Value string `xml:"value,attr"`
			} `xml:"disabledValue>decimal"`
			Text  []element `xml:"elements>text"`
			Lines []element `xml:"elements>multiText"`
		} `xml:"policies>policy"`
	}
	var l struct {
		Strings []struct {
			ID   string `xml:"id,attr"`
			Text string `xml:",chardata"`
		} `xml:"resources>stringTable>string"`
		Forms []struct {
			ID string `xml:"id,attr"`
		} `xml:"resources>presentationTable>presentation"`
	}
	if err := xml.Unmarshal(definitions, &d); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(texts, &l); err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{"": true}
	for _, s := range l.Strings {
		if there["$(string."+s.ID+")"] || s.Text == "" {
			t.Errorf("text %s is there twice, or empty", s.ID)
		}
		there["$(string."+s.ID+")"] = true
	}
	for _, f := range l.Forms {
		there["$(presentation."+f.ID+")"] = true
	}
	var got, want []string
	for _, p := range d.Policies {
		kind := aText
		switch {
		case p.Value != "":
			kind = aFlag
			if p.On.Value != "1" || p.Off.Value != "0" || p.Form != "" {
				t.Errorf("%s: %+v", p.Name, p)
			}
		case len(p.Lines) == 1:
			kind, p.Value = aList, p.Lines[0].Value
		case len(p.Text) == 1:
			p.Value = p.Text[0].Value
		}
		got = append(got, p.Value+": "+kind)
		if !there[p.Shown] || !there[p.Explain] || !there[p.Form] || `HKLM\`+p.Key != PolicyKey {
			t.Errorf("%s: %+v", p.Name, p)
		}
	}
	for _, k := range Keys {
		if k.Name == "alone" || k.Name == "keyring_bus" {
			continue
		}
		kind := k.Type
		if kind != aFlag && kind != aList {
			kind = aText
		}
		want = append(want, k.Name+": "+kind)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), strings.Join(want, ", "))
	}
}

package notify

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// hostile is a corpus of texts that try to be more than text, in every sink's
// language. Rows 45 and 46 of the failure catalogue.
func hostile() []string {
	atoms := []string{
		"", " ", "-", "--help", "-i/etc/passwd", "plain text", "Bed 12", "Müller", "山田", "مريم", "क्षत्रिय", "e\u0301",
		"<b>bold</b>", "<img src=x onerror=alert(1)>", "<a href=\"file:///etc/passwd\">x</a>",
		"</text><action content='x' arguments='y'/>",
		"</binding></visual><audio src='ms-winsoundevent:Notification.Looping.Alarm'/>", "]]>", "<![CDATA[",
		"]]><action/>", "<!--", "-->",
		"<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>", "&e;", "&lt;b&gt;", "&amp;",
		"&#x0;", "&#8238;", "&", "<", ">", "\"", "'",
		"$(calc.exe)", "$env:USERNAME", "`calc`", "`$(x)", "\u201c$(calc)\u201d", "\u2018;calc;\u2019",
		"\u201b\u201a\u201e", "'@\n$(calc)\n@'", "\"@\n; calc\n@\"", "%COMSPEC%", "; rm -rf /", "| nc", "\\",
		"\\\\host\\share",
		"{'urgency': <byte 2>}", "<'x'>", "@as []", "@a{sv} {}", "b'\\x00'", "%@%d%n", "{0}{1}{{}}", "$1\\g<0>",
		"javascript:alert(1)", "file:///etc/passwd", "ms-settings:", "ms-officecmd:{}", "shell:startup", "vbscript:x",
		"data:text/html,<script>alert(1)</script>", "tel:112", "smb://h/s", "https://x/?a=1&b=<c>",
		"\"});app.doShellScript('id');({a:\"", "*/;$.system('id');/*", "</script><script>", "${`x`}",
		"\\u0022, body: \\u0022", "Invoke-Expression (calc)", "&calc&", "^&calc", "!!", "|| id", "&& id", "<(id)",
		"$'\\x41'",
		"\" & do shell script \"id\" & \"", "¬", "tell application \"Finder\" to quit", "${jndi:ldap://x}", "{{.}}",
		"%s%n%x", "' OR 1=1 --",
		"\x00", "a\x00b", "\x07", "\x1b[2J", "\x1b]0;title\x07", "\x1b[31mred\x1b[0m", "\x9b31m", "\u009b31m", "\x7f",
		"\b\b\b\b", "\r\nHeader: x", "\n\n\n", "\t", "\v\f", "\u0085", "\u2028", "\u2029",
		"\u202egnp.exe", "\u202d", "\u202a\u202b\u202c", "\u2066\u2067\u2068\u2069", "\u200e\u200f\u061c", "\u200b",
		"\u200c\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u115f\u1160", "\u3164", "\uffa0", "\u2800", "\u180e",
		"\ufe0f", "\U000e0100", "\U000e0041\U000e007f", "\ufff9x\ufffay\ufffb",
		"\ufffe", "\uffff", "\U0001fffe", "\ue000", "\U000f0000", "\ufffd", "\xff\xfe", "\xc0\xaf", "\xed\xa0\x80",
		"\xf4\x90\x80\x80", "ok\xe2\x80",
		strings.Repeat("\u0301", 10000), "a" + strings.Repeat("\u0301", 10000),
		"Z" + strings.Repeat("\u0336\u0489", 50), strings.Repeat("A", 100000), strings.Repeat("\u202e", 5000),
		strings.Repeat("<b>", 3000), strings.Repeat("&", 1000), strings.Repeat("\U0001f468\u200d", 500),
		"ﷺ", "𝔘𝔫𝔦", "\U0001f6a8", "A\u030a", "１２", "①",
	}
	out := slices.Clone(atoms)
	short := atoms[:0:0]
	for _, a := range atoms {
		if len(a) < 100 {
			short = append(short, a)
		}
	}
	for i, a := range short {
		out = append(out, "Bed 12 "+a, a+" critical", a+short[(i*7+3)%len(short)],
			short[(i*11+5)%len(short)]+a+short[(i*13+1)%len(short)], strings.Repeat(a, 30))
	}
	return out
}

func TestHostileCorpusIsLarge(t *testing.T) {
	seen := make(map[string]bool)
	for _, s := range hostile() {
		seen[s] = true
	}
	if len(seen) < 500 {
		t.Fatalf("%d texts", len(seen))
	}
}

// harmless reports what in a shown text could still act.
func harmless(text string, limit int) error {
	if !utf8.ValidString(text) {
		return errors.New("broken UTF-8")
	}
	if n := utf8.RuneCountInString(text); n > limit {
		return fmt.Errorf("%d characters", n)
	}
	marks := 0
	for _, r := range text {
		switch {
		case r == Mark:
			continue
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp),
			unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r):
			return fmt.Errorf("%U", r)
		}
		if unicode.Is(unicode.M, r) {
			marks++
		} else {
			marks = 0
		}
		if marks > maxMarks {
			return errors.New("a tower of marks")
		}
	}
	return nil
}

// Red once: with acts answering false, 232 complaints.
func TestPlain(t *testing.T) {
	for _, s := range hostile() {
		got := Plain(s, maxBody)
		if err := harmless(got, maxBody); err != nil {
			t.Errorf("%.60q becomes %.60q: %v", s, got, err)
		}
		if again := Plain(got, maxBody); again != got {
			t.Errorf("%.60q is not plain at once: %.60q", s, again)
		}
	}
	for in, want := range map[string]string{
		"Bed 12":                       "Bed 12",
		"  a \t\n b  ":                 "a b",
		"a\x1b[31mb":                   "a\ufffd[31mb",
		"a\u202eb\u202cc":              "a\ufffdb\ufffdc",
		"a\u200b\u200b\u200bb":         "a\ufffdb",
		"Zoe\u0308":                    "Zoe\u0308",
		strings.Repeat("x", maxBody):   strings.Repeat("x", maxBody),
		strings.Repeat("x", maxBody+1): strings.Repeat("x", maxBody-1) + "…",
	} {
		if got := Plain(in, maxBody); got != want {
			t.Errorf("%.40q becomes %.40q, want %.40q", in, got, want)
		}
	}
}

// elements reads a document as a list of element names, attributes and texts.
func elements(document string) (names []string, attrs, texts []string, err error) {
	d := xml.NewDecoder(strings.NewReader(document))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return names, attrs, texts, nil
		}
		if err != nil {
			return nil, nil, nil, err
		}
		switch e := token.(type) {
		case xml.StartElement:
			names = append(names, e.Name.Local)
			for _, a := range e.Attr {
				attrs = append(attrs, a.Value)
			}
		case xml.CharData:
			texts = append(texts, string(e))
		case xml.EndElement:
		default:
			return nil, nil, nil, fmt.Errorf("a %T", token)
		}
	}
}

// Every text stays one text node or one attribute of the same document. Red once:
// with the texts as raw inner XML, 179 complaints.
func TestToastKeepsTextText(t *testing.T) {
	wantNames := []string{"toast", "visual", "binding", "text", "text", "actions", "action", "audio"}
	for _, s := range hostile() {
		document, err := Toast(Note{Key: "k", Title: s, Body: s, Urgency: Critical,
			Actions: []Action{{"open", s}, {"default", s}}})
		if err != nil {
			t.Fatalf("%.60q: %v", s, err)
		}
		names, attrs, texts, err := elements(document)
		if err != nil {
			t.Errorf("%.60q: %v", s, err)
			continue
		}
		if !slices.Equal(names, wantNames) {
			t.Errorf("%.60q: elements %q", s, names)
		}
		var wantTexts []string
		for _, text := range []string{Plain(s, maxTitle), Plain(s, maxBody)} {
			if text != "" {
				wantTexts = append(wantTexts, text)
			}
		}
		if !slices.Equal(texts, wantTexts) {
			t.Errorf("%.60q: texts %q, want %q", s, texts, wantTexts)
		}
		wantAttrs := []string{"action=default&note=k", "reminder", "long", "ToastGeneric", Plain(s, maxLabel),
			"action=open&note=k", "foreground", "true"}
		if !slices.Equal(attrs, wantAttrs) {
			t.Errorf("%.60q: attributes %q", s, attrs)
		}
	}
}

func TestToastArgumentsComeBack(t *testing.T) {
	for _, key := range []string{"a", "ward:5 B&action=x", "50%", "=+;#", "\"<>'"} {
		if got, ok := toastInvoked(toastArguments(Invoked{key, "open"})); !ok || got != (Invoked{key, "open"}) {
			t.Errorf("%q comes back as %+v %v", key, got, ok)
		}
	}
	for _, s := range append(hostile(), "note=a", "note=a&action=b&x=c", "note=a&note=b&action=c",
		"note=%00&action=b") {
		if got, ok := toastInvoked(s); ok {
			t.Errorf("%.60q is taken for %+v", s, got)
		}
	}
}

// A body reaches a markup reader as the same plain text, and a plain reader
// unescaped. Red once: without the escaping 150 texts failed.
func TestMessageKeepsTextText(t *testing.T) {
	for _, s := range hostile() {
		n, err := Note{Key: "k", Title: s, Body: s, Actions: []Action{{"open", s}}}.plain()
		if err != nil {
			t.Fatal(err)
		}
		rich := message(n, "entry", []string{"actions", "body", "body-markup"})
		if strings.ContainsAny(rich.body, "<>") || html.UnescapeString(rich.body) != Plain(s, maxBody) {
			t.Errorf("%.60q: markup body %.80q", s, rich.body)
		}
		if rich.summary != Plain(s, maxTitle) || !slices.Equal(rich.actions, []string{"open", Plain(s, maxLabel)}) {
			t.Errorf("%.60q: %.80q %.80q", s, rich.summary, rich.actions)
		}
		plain := message(n, "entry", []string{"body"})
		if plain.body != Plain(s, maxBody) || len(plain.actions) != 0 {
			t.Errorf("%.60q: plain body %.80q, actions %q", s, plain.body, plain.actions)
		}
	}
}

// A sink that cannot be trusted with a text never gets one.
func TestFixedShowsConstantsOnly(t *testing.T) {
	shown := 0
	sink := Fixed(func(title, body string) {
		shown++
		if title != FixedTitle || body != FixedBody {
			t.Errorf("%q %q", title, body)
		}
	})
	for _, s := range hostile() {
		if err := sink.Show(t.Context(),
			Note{Key: "k", Title: s, Body: s, Urgency: Critical, Actions: []Action{{"x", s}}}); err != nil {
			t.Fatal(err)
		}
		if err := sink.Show(t.Context(), Note{Key: "k", Title: s, Body: s}); err != nil {
			t.Fatal(err)
		}
	}
	if shown != len(hostile()) {
		t.Errorf("%d of %d critical notes shown", shown, len(hostile()))
	}
}

func TestKeysAreThePrograms(t *testing.T) {
	for _, s := range []string{"", "ü", "a\nb", "a\x00", strings.Repeat("k", maxKey+1)} {
		if _, err := Toast(Note{Key: s}); !errors.Is(err, ErrKey) {
			t.Errorf("key %q: %v", s, err)
		}
		if _, err := Toast(Note{Key: "k", Actions: []Action{{s, "x"}}}); !errors.Is(err, ErrKey) {
			t.Errorf("action %q: %v", s, err)
		}
	}
}

func FuzzPlain(f *testing.F) {
	for _, s := range hostile() {
		if len(s) < 200 {
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Plain(s, maxTitle)
		if err := harmless(got, maxTitle); err != nil {
			t.Errorf("%q becomes %q: %v", s, got, err)
		}
		document, err := Toast(Note{Key: "k", Title: s, Body: s})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, _, err := elements(document); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	})
}

// What macOS is given is the same script and arguments for every text, and the
// text comes back as it was from the JSON that the script parses. Red once: with
// the JSON put together from the texts in double quotes, 106 texts failed.
func TestScriptNeverHoldsText(t *testing.T) {
	arguments := strings.Join(macArguments, "\x00")
	for _, s := range hostile() {
		input, err := macInput(Note{Key: "k", Title: s, Body: s})
		if err != nil {
			t.Fatal(err)
		}
		var back map[string]string
		if err := json.Unmarshal(input, &back); err != nil || len(back) != 2 || back["title"] != Plain(s, maxTitle) ||
			back["body"] != Plain(s, maxBody) {
			t.Errorf("%.60q comes back as %.80q (%v)", s, back, err)
		}
		if strings.ContainsAny(string(input), "\n\r\x00") {
			t.Errorf("%.60q spans lines", s)
		}
		if strings.Join(macArguments, "\x00") != arguments {
			t.Fatalf("%.60q changed the arguments", s)
		}
	}
}

// Each text through each sink's builder: nothing of it is more than text in what
// is built. The tests above say how each builder was seen to fail.
func TestNoEffectInAnySink(t *testing.T) {
	corpus := hostile()
	effects, builds := 0, 0
	check := func(sink, text string, err error) {
		builds++
		if err != nil {
			effects++
			t.Errorf("%s: %.60q: %v", sink, text, err)
		}
	}
	for _, s := range corpus {
		n := Note{Key: "k", Title: s, Body: s, Urgency: Critical, Actions: []Action{{"accept", s}}}
		p, err := n.plain()
		if err != nil {
			t.Fatal(err)
		}
		check("plain", s, errors.Join(harmless(p.Title, maxTitle), harmless(p.Body, maxBody),
			harmless(p.Actions[0].Label, maxLabel)))
		rich := message(p, "entry", []string{"actions", "body", "body-markup"})
		check("freedesktop with markup", s,
			sameText(html.UnescapeString(rich.body), p.Body, strings.ContainsAny(rich.body, "<>")))
		flat := message(p, "entry", nil)
		check("freedesktop", s, sameText(flat.body, p.Body, len(flat.actions) > 0))
		document, err := Toast(n)
		if err == nil {
			_, _, texts, bad := elements(document)
			err = errors.Join(bad, sameText(strings.Join(texts, ""), p.Title+p.Body, false))
		}
		check("windows", s, err)
		input, err := macInput(n)
		if err == nil {
			var back macNote
			err = errors.Join(json.Unmarshal(input, &back), sameText(back.Title+back.Body, p.Title+p.Body, false))
		}
		check("macos", s, err)
		var title, body string
		fixed := Fixed(func(a, b string) { title, body = a, b })
		err = fixed.Show(t.Context(), n)
		check("fixed", s, errors.Join(err, sameText(title+body, FixedTitle+FixedBody, false)))
	}
	t.Logf("%d texts, %d built notes, %d effects", len(corpus), builds, effects)
}

func sameText(got, want string, extra bool) error {
	if got != want || extra {
		return fmt.Errorf("%.60q is not %.60q", got, want)
	}
	return nil
}

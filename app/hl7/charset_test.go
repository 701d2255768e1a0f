package hl7

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// encoded is a message with a name in PID-5.1, another in PID-5.2 and a street
// in PID-11, in the given encoding (nil is UTF-8).
func encoded(t testing.TB, set, surname, given string, e encoding.Encoding) []byte {
	t.Helper()
	s := "MSH|^~\\&|A|B|C|D|20260310080000||ADT^A01|m1|P|2.5||||||" + set + "\rPID|1||K1||" + surname + "^" + given +
		"||19600101|F\r"
	if e == nil {
		return []byte(s)
	}
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("%s: %v", set, err)
	}
	return b
}

func TestCharsets(t *testing.T) {
	for _, c := range []struct {
		names   string // parted by ";"
		surname string
		given   string
		e       encoding.Encoding
		charset string
	}{
		{"ASCII;US-ASCII;ISO IR6;ISO_IR 6", "Marsh", "Ada", nil, "ASCII"},
		{";UNICODE;UNICODE UTF-8;utf-8;UTF8;ISO_IR 192;CP65001;UNICODE UTF-16;ASCII~UNICODE UTF-8;UNICODE UTF-8~ASCII",
			"Łukasz", "山田", nil, "UTF-8"},
		{"8859/1;ISO-8859-1;ISO8859-1;iso_8859-1:1987;ISO 8859/1;ISO_IR 100;Latin1;ISO8859_1", "Müller", "Jörg",
			charmap.ISO8859_1, "ISO-8859-1"},
		{"8859/1", "O’Neill", "Zoë", charmap.Windows1252, "ISO-8859-1"}, // what senders of 8859/1 really send
		{"8859/2;ASCII~8859/2;~8859/2", "Černý", "Jiří", charmap.ISO8859_2, "ISO-8859-2"},
		{"8859/3", "Ċetta", "Ġorġ", charmap.ISO8859_3, "ISO-8859-3"},
		{"8859/4", "Ķēniņš", "Ģirts", charmap.ISO8859_4, "ISO-8859-4"},
		{"8859/5;ISO_IR 144", "Иванова", "Анна", charmap.ISO8859_5, "ISO-8859-5"},
		{"8859/6", "محمد", "علي", charmap.ISO8859_6, "ISO-8859-6"},
		{"8859/7", "Παπαδόπουλος", "Γιώργος", charmap.ISO8859_7, "ISO-8859-7"},
		{"8859/8", "כהן", "שרה", charmap.ISO8859_8, "ISO-8859-8"},
		{"8859/9", "Şahin", "İbrahim", charmap.ISO8859_9, "ISO-8859-9"},
		{"8859/10", "Þór", "Ķ", charmap.ISO8859_10, "ISO-8859-10"},
		{"8859/11;TIS-620;ISO_IR 166", "สมชาย", "ใจดี", charmap.Windows874, "ISO-8859-11"},
		{"8859/13", "Žukauskas", "Šarūnas", charmap.ISO8859_13, "ISO-8859-13"},
		{"8859/14", "Ŵyn", "Ŷ", charmap.ISO8859_14, "ISO-8859-14"},
		{"8859/15;ISO-8859-15", "Šarlotta", "Žofie €", charmap.ISO8859_15, "ISO-8859-15"},
		{"8859/16", "Țepeș", "Ștefan", charmap.ISO8859_16, "ISO-8859-16"},
		{"WINDOWS-1250;CP1250;windows 1250;1250", "Štěpánek", "Žofie", charmap.Windows1250, "windows-1250"},
		{"WINDOWS-1251;CP1251;cp-1251;WIN1251;MS-1251", "Чернышёв", "Пётр", charmap.Windows1251, "windows-1251"},
		{"Windows-1252;cp1252;ANSI 1252", "O’Neill", "Zoë €", charmap.Windows1252, "windows-1252"},
		{"WINDOWS-1253", "Παπαδόπουλος", "Άννα", charmap.Windows1253, "windows-1253"},
		{"WINDOWS-1254", "Şahin", "İbrahim", charmap.Windows1254, "windows-1254"},
		{"WINDOWS-1255", "כהן", "שָׂרָה", charmap.Windows1255, "windows-1255"},
		{"WINDOWS-1256", "محمد", "پيتر", charmap.Windows1256, "windows-1256"},
		{"WINDOWS-1257", "Žukauskas", "Šarūnas", charmap.Windows1257, "windows-1257"},
		{"CP850;IBM850;850", "Müller", "Jörg", charmap.CodePage850, "IBM850"},
		{"KOI8-R", "Иванова", "Анна", charmap.KOI8R, "KOI8-R"},
		{"macintosh", "Müller", "Zoë", charmap.Macintosh, "macintosh"},
		{"GB 18030-2000;GB18030;GBK;CP936;gb2312", "诸葛", "亮", simplifiedchinese.GB18030, "GB18030"},
		{"GB 18030-2000", "㐀𠀀", "亮", simplifiedchinese.GB18030, "GB18030"}, // four bytes, digits among them
		{"BIG-5;Big5;CP950", "許功蓋", "功", traditionalchinese.Big5, "Big5"},  // 0x5C
		{"BIG-5", "育鉉", "四", traditionalchinese.Big5, "Big5"},              // 0x7C
		{"KS X 1001;EUC-KR;KSC5601;CP949", "김", "철수", korean.EUCKR, "EUC-KR"},
		{"SHIFT_JIS;SJIS;CP932;MS_Kanji;Windows-31J", "表示", "ソ能", japanese.ShiftJIS, "Shift_JIS"}, // 0x5C
		{"EUC-JP", "山田", "太郎", japanese.EUCJP, "EUC-JP"},
		{"ISO IR87;ISO IR6~ISO IR87;~ISO IR87;ISO IR14~ISO IR87~ISO IR159;ISO-2022-JP;ASCII~ISO IR87", "山田", "太郎",
			japanese.ISO2022JP, "ISO-2022-JP"},
		{"ISO IR13;JIS X 0201;ISO IR14", "ﾔﾏﾀﾞ", "ﾀﾛｳ", japanese.ShiftJIS, "JIS_X0201"},
	} {
		for _, name := range strings.Split(c.names, ";") {
			m, err := Parse(encoded(t, name, c.surname, c.given, c.e))
			if err != nil {
				t.Errorf("%q: %v", name, err)
				continue
			}
			pid := m.First("PID")
			if pid.Text(5, 1) != c.surname || pid.Text(5, 2) != c.given || pid.Raw(7) != "19600101" ||
				m.Charset != c.charset || len(m.Warnings) > 0 {
				t.Errorf("%q: %q %q %q %+v", name, pid.Text(5, 1), pid.Text(5, 2), m.Charset, m.Warnings)
			}
		}
	}
}

// What a message is read as against what it says of itself warns.
func TestCharsetWarnings(t *testing.T) {
	for _, c := range []struct {
		name, surname string
		e             encoding.Encoding
		want          string
	}{
		{"", "Müller", charmap.Windows1252, "no MSH-18, and the message is not UTF-8: read as windows-1252"},
		{"", "O’Neill", charmap.Windows1252, "no MSH-18, and"},
		{`""`, "Müller", charmap.Windows1252, "no MSH-18, and"},
		{"", "山田", japanese.ISO2022JP, "no MSH-18: read as ISO-2022-JP"},
		{"8859/1", "Müller", nil, `MSH-18 says "ISO-8859-1", the message is in UTF-8`},
		{"WINDOWS-1252", "Łukasz", nil, "is in UTF-8"},
		{"8859/5", "Иванова", nil, "is in UTF-8"},
		{"8859/7", "Παπαδόπουλος", nil, "is in UTF-8"},
		{"GB 18030-2000", "诸葛亮先生", nil, "is in UTF-8"},
		{"8859/12", "Marsh", nil, "names a character set that is not known"},
		{"KLINGON", "Marsh", nil, `names a character set that is not known ("KLINGON")`},
	} {
		m, err := Parse(encoded(t, c.name, c.surname, "x", c.e))
		if err != nil {
			t.Errorf("%q: %v", c.name, err)
			continue
		}
		if got := m.First("PID").Text(5, 1); got != c.surname || len(m.Warnings) != 1 ||
			!strings.Contains(m.Warnings[0].Text, c.want) {
			t.Errorf("%q: %q %+v", c.name, got, m.Warnings)
		}
	}
	m, err := Parse(append([]byte("\ufeff"), encoded(t, "8859/1", "Łukasz", "x", nil)...))
	if err != nil || len(m.Warnings) != 1 || m.First("PID").Text(5, 1) != "Łukasz" {
		t.Errorf("byte order mark: %+v %v", m, err)
	}
}

// Seen red: read with what the message declares or as ISO 8859-1, each of these
// is a name that nobody has.
func TestCharsetRefusals(t *testing.T) {
	for _, c := range []struct {
		name, surname string
		e             encoding.Encoding
		want          string
	}{
		{"ASCII", "Müller", nil, "PID 1 (line 2, byte 13) is not ASCII"},
		{"ASCII", "Müller", charmap.Windows1252, "PID 1 (line 2, byte 13) is not ASCII"},
		{"UNICODE UTF-8", "Müller", charmap.Windows1252, "PID 1 (line 2, byte 13) is not UTF-8"},
		{"UNICODE", "Müller", charmap.Windows1252, "is not UTF-8"},
		{"ISO IR87", "山田", japanese.ShiftJIS, "PID 1 (line 2, byte 12) is not ISO-2022-JP"},
		{"ISO IR87", "山田", japanese.EUCJP, "is not ISO-2022-JP"},
		{"ISO IR6~ISO IR87", "山田", nil, "is not ISO-2022-JP"},
		{"ISO IR13", "表示", japanese.ShiftJIS, "is not JIS_X0201"},
		{"ASCII", "山田", japanese.ISO2022JP, "is not ASCII"},
		{"UNICODE UTF-8", "山田", japanese.ISO2022JP, "is not UTF-8"},
		{"8859/2", "Žofie", charmap.Windows1250, "PID 1 (line 2, byte 12) is not ISO-8859-2"},
		{"8859/15", "O’Neill", charmap.Windows1252, "is not ISO-8859-15"},
		{"8859/7", "表示", japanese.ShiftJIS, "is not ISO-8859-7"},
		{"", "表示", japanese.ShiftJIS, ""},
		{"KS X 1001", "\u0080", charmap.ISO8859_1, "is not EUC-KR"},
		{"8859/12", "Müller", charmap.ISO8859_1, `MSH-18 names "8859/12", which is not known`},
		{"KLINGON", "Müller", nil, `MSH-18 names "KLINGON", which is not known`},
		{"KLINGON", "山田", japanese.ISO2022JP, "is not known"},
		{"ISO IR87", "\\M2442\\x\\C2842\\", nil, "changes the set inside of a field"},
	} {
		m, err := Parse(encoded(t, c.name, c.surname, "x", c.e))
		if c.want == "" { // no declaration: refused, or said
			if err == nil && len(m.Warnings) == 0 {
				t.Errorf("%q: taken in silence as %q", c.name, m.First("PID").Text(5, 1))
			}
			continue
		}
		if !errors.Is(err, ErrCharset) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.name, err, c.want)
		}
	}
	open := []byte("MSH|^~\\&|A|B|C|D|20260310080000||ADT^A01|m1|P|2.5||||||ISO IR87\rPID|1||K1||\x1b$B;3ED||19600101|F\r")
	if _, err := Parse(open); !errors.Is(err, ErrCharset) {
		t.Errorf("a text that does not come back to ASCII: %v", err)
	}
}

// In a set of two bytes the second may be the separator, in MSH too.
func TestCharsetOfAHeaderWithWideText(t *testing.T) {
	s := "MSH|^~\\&|育|B|C|D|20260310080000||ADT^A01|m1|P|2.5||||||BIG-5\rPID|1||K1||功^育\r"
	b, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte(s))
	if err != nil || !strings.Contains(string(b), "\xa8|") {
		t.Fatalf("%q %v", b, err)
	}
	m, err := Parse(b)
	if err != nil || m.First("MSH").Text(3, 1) != "育" || m.First("MSH").Text(10, 1) != "m1" ||
		m.First("PID").Text(5, 2) != "育" {
		t.Errorf("%+v %v", m, err)
	}
}

func TestHexadecimalIsOfTheMessagesSet(t *testing.T) {
	for _, c := range []struct{ set, text, want string }{
		{"8859/5", `\XB8\`, "И"}, {"8859/1", `\XFC\`, "ü"}, {"UNICODE UTF-8", `\XC3BC\`, "ü"},
		{"UNICODE UTF-8", `\XE5\\XB1\\XB1\`, "山"},
		{"BIG-5", `\XA55C\`, "功"}, {"", `\XFC\`, "ü"}, {"", `\XC3BC\`, "ü"}, {"ASCII", `\XFC\`, "ü"},
		{"", `a\X0D0A\b`, "a\n\nb"},
		{"UNICODE UTF-8", `M\XFC\ller`, `M\XFC\ller`}, {"BIG-5", `\XFF\`, `\XFF\`}, {"8859/2", `\X9E\`, `\X9E\`},
		{"", `\XZZ\`, `\XZZ\`},
		{"", `\X41\\XZZ\\X42\`, `A\XZZ\B`},
	} {
		m, err := Parse([]byte(head + "m1|P|2.5||||||" + c.set + "\rPID|1||K1||" + c.text + "\r"))
		if err != nil {
			t.Fatal(err)
		}
		if got := m.First("PID").Text(5, 1); got != c.want {
			t.Errorf("%q %q: %q, want %q", c.set, c.text, got, c.want)
		}
		if kept := strings.Contains(c.want, `\X`) && !strings.Contains(c.want, "Z"); kept != (len(m.Warnings) > 0) {
			t.Errorf("%q %q: warnings %+v", c.set, c.text, m.Warnings)
		}
	}
}

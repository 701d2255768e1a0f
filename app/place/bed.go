package place

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bed is a bed as a ward shows it, and what its site calls it; no code: nobody
// said.
type Bed struct{ Name, Room, Code string }

// Known says what a ward knows of a bed.
type Known int

// What a ward may know.
const (
	NewBed      Known = iota // there is none of this name
	SeveralBeds              // there are some of this code, and no room says which
	UnnamedBed               // there is, and nobody said what its site calls it
	ThisBed                  // there is
)

// BedName is what a ward shows for a bed of a room. A bed is room and code: bed 1
// of room 2 is not bed 1 of room 3, and two beds never get one name. Where no room
// is said it is the ward's only bed of the code; of several it is none.
func BedName(beds []Bed, room, code string) (name string, known Known) {
	only := -1
	for n, b := range beds {
		if b.Code == code && b.Room == room {
			return b.Name, ThisBed
		}
		if room == "" && b.Code == code {
			if only >= 0 {
				only = len(beds)
			} else {
				only = n
			}
		}
	}
	switch {
	case only == len(beds) && only > 0:
		return "", SeveralBeds
	case only >= 0:
		return beds[only].Name, ThisBed
	}
	names := []string{plain(room, code), room + "-" + code, room + "/" + code}
	for n := 2; ; n++ {
		taken := false
		for _, b := range beds {
			if b.Name != names[0] {
				continue
			}
			if b.Code == "" || b.Code == code && b.Room == "" {
				return b.Name, UnnamedBed
			}
			taken = true
		}
		if !taken {
			return names[0], NewBed
		}
		if names = names[1:]; len(names) == 0 {
			names = []string{fmt.Sprintf("%s-%s ~%d", room, code, n)}
		}
	}
}

// plain is the bed, with the room before it where rooms have numbers.
func plain(room, code string) string {
	if !strings.ContainsFunc(room, unicode.IsDigit) {
		return code
	}
	if rest, within := strings.CutPrefix(code, room); within {
		last, _ := utf8.DecodeLastRuneInString(room)
		next, _ := utf8.DecodeRuneInString(rest)
		if rest != "" && !(unicode.IsDigit(last) && unicode.IsDigit(next)) {
			return code // it names its room itself
		}
	}
	return room + "-" + code
}

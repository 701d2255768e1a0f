package alert

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// field is one member of a message's object, in the order in which it was sent.
type field struct {
	name  string
	value json.RawMessage
}

type object struct {
	list   []field
	broken bool // it was no JSON, and was read all the same
}

// readObject reads the one object that a message is.
func readObject(payload []byte) (object, error) {
	payload = unwrapped(payload)
	if len(payload) == 0 || payload[0] != '{' {
		return object{}, fmt.Errorf("%w: not one JSON object", ErrBadRequest)
	}
	o, err := members(payload)
	if err == nil {
		return o, nil
	}
	if errors.Is(err, errTwo) {
		return object{}, fmt.Errorf("%w: something follows the JSON object", ErrBadRequest)
	}
	// Not JSON: a bare NaN, a line end in a string, the end cut off.
	o, err = members(mended(payload))
	if len(o.list) == 0 {
		return object{}, fmt.Errorf("%w: not one JSON object", ErrBadRequest)
	}
	if errors.Is(err, errTwo) {
		return object{}, fmt.Errorf("%w: something follows the JSON object", ErrBadRequest)
	}
	o.broken = true
	return o, nil
}

var errTwo = errors.New("alert: another object follows")

// members lists an object's members up to its end, or to where it stops being
// JSON. A second object after it is errTwo: one of two alerts would be lost.
func members(b []byte) (o object, err error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	if _, err := dec.Token(); err != nil {
		return o, err
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return o, err
		}
		f := field{name: fmt.Sprint(name)}
		if err := dec.Decode(&f.value); err != nil {
			return o, err
		}
		o.list = append(o.list, f)
	}
	if _, err := dec.Token(); err != nil {
		return o, err
	}
	if rest := bytes.TrimSpace(b[dec.InputOffset():]); len(rest) > 0 {
		if rest[0] == '{' || rest[0] == '[' {
			return o, errTwo
		}
		o.broken = true
	}
	return o, nil
}

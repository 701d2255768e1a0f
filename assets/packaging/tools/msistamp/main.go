// Command msistamp takes the time and the chance out of a Windows Installer package,
// so that the same files give the same package:
//
//	msistamp package.msi EPOCH   sets when it was made, and its package code
//	msistamp -guid TEXT          prints the GUID that always belongs to TEXT
//
// The package code must differ between packages that differ in anything
// (https://learn.microsoft.com/windows/win32/msi/package-codes): it is made of the SHA-256 of all
// the rest of the file.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strconv"
)

func main() {
	err := errors.New("usage: msistamp FILE EPOCH | msistamp -guid TEXT")
	if len(os.Args) == 3 {
		if os.Args[1] == "-guid" {
			fmt.Println(guid([]byte(os.Args[2])))
			return
		}
		var epoch int64
		if epoch, err = strconv.ParseInt(os.Args[2], 10, 64); err == nil {
			err = stamp(os.Args[1], epoch)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "msistamp:", err)
		os.Exit(1)
	}
}

// guid is a name-based GUID (RFC 9562, version 8), as Windows Installer writes it:
// in capitals.
func guid(name []byte) string {
	h := sha256.Sum256(name)
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
	return fmt.Sprintf("%X-%X-%X-%X-%X", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

// The summary information ([MS-OLEPS]): its format, the properties that change from
// build to build, and their types.
var format = []byte{0xE0, 0x85, 0x9F, 0xF2, 0xF9, 0x4F, 0x68, 0x10, 0xAB, 0x91, 0x08, 0x00, 0x2B, 0x27, 0xB3, 0xD9}

const (
	packageCode, created, saved = 9, 12, 13
	typeText, typeTime          = 30, 64
	since1601                   = 11644473600 // seconds to 1970, in a FILETIME
)

func stamp(file string, epoch int64) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	at := bytes.Index(text, format)
	if at < 28 || bytes.Count(text, format) != 1 {
		return fmt.Errorf("%s: no summary information, or two", file)
	}
	// The set begins 28 bytes before its format; behind it stands where the section is.
	section := at - 28 + int(binary.LittleEndian.Uint32(text[at+16:]))
	var code []byte
	times := 0
	for n := range binary.LittleEndian.Uint32(text[section+4:]) {
		entry := text[section+8+8*int(n):]
		value := text[section+int(binary.LittleEndian.Uint32(entry[4:])):]
		switch id, typ := binary.LittleEndian.Uint32(entry), binary.LittleEndian.Uint32(value); {
		case (id == created || id == saved) && typ == typeTime:
			binary.LittleEndian.PutUint64(value[4:], uint64(epoch+since1601)*10_000_000)
			times++
		case id == packageCode && typ == typeText && value[8] == '{' && value[45] == '}':
			code = value[9:45]
		}
	}
	if code == nil || times != 2 {
		return fmt.Errorf("%s: the summary has no package code, or no times", file)
	}
	clear(code)
	copy(code, guid(text))
	return os.WriteFile(file, text, 0o644)
}

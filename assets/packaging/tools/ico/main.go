// Command ico writes a Windows icon file of PNG pictures, largest first:
//
//	ico out.ico 256.png 48.png 32.png 16.png
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image/png"
	"os"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: ico OUT PNG...")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "ico:", err)
		os.Exit(1)
	}
}

// write lays the file out as ICONDIR, one ICONDIRENTRY a picture, the pictures.
func write(out string, files []string) error {
	var head, data bytes.Buffer
	put := func(v any) { _ = binary.Write(&head, binary.LittleEndian, v) } // a Buffer takes everything
	put([3]uint16{0, 1, uint16(len(files))})
	start := 6 + 16*len(files)
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		c, err := png.DecodeConfig(bytes.NewReader(raw))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if c.Width > 256 || c.Height > 256 {
			return fmt.Errorf("%s: %d by %d is more than 256", name, c.Width, c.Height)
		}
		put([4]uint8{uint8(c.Width), uint8(c.Height), 0, 0}) // 0 stands for 256
		put([2]uint16{1, 32})
		put([2]uint32{uint32(len(raw)), uint32(start + data.Len())})
		data.Write(raw)
	}
	return os.WriteFile(out, append(head.Bytes(), data.Bytes()...), 0o644)
}

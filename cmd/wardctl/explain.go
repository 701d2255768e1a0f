package main

import (
	"fmt"

	"github.com/wardlight/wardlight/app/trust"
)

// explained puts a plain sentence before an error of TLS.
func explained(err error) error {
	if sentence := trust.Explain(err); sentence != "" {
		return fmt.Errorf("%s: %w", sentence, err)
	}
	return err
}

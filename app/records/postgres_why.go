package records

import (
	"context"
	"crypto/tls"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/wardlight/wardlight/app/trust"
)

// whyLimit is how long a refused connection is asked for its reason.
const whyLimit = 2 * time.Second

// telling finds out why a connection was refused, where the refusal itself was
// lost. With TLS 1.3 a server looks at a client's certificate after the client
// believes that all is done and has sent its first message: the server hangs up
// on that message, and its alert is thrown away with the connection more often
// than not. So the handshake is made once more, in silence, and the alert heard.
type telling struct {
	driver.Connector
	config *pgx.ConnConfig
}

// Connect implements [driver.Connector].
func (c telling) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err == nil || trust.Reason(err) != nil || errors.As(err, new(*pgconn.PgError)) {
		return conn, err
	}
	ways := []*pgconn.FallbackConfig{{Host: c.config.Host, Port: c.config.Port, TLSConfig: c.config.TLSConfig}}
	for _, way := range append(ways, c.config.Fallbacks...) {
		if way.TLSConfig == nil {
			continue
		}
		if why := c.listen(ctx, way); trust.Reason(why) != nil {
			return nil, errors.Join(why, err)
		}
	}
	return nil, err
}

// listen makes PostgreSQL's way into TLS and waits for what the server says of
// its own accord: nothing, if all is well.
func (c telling) listen(ctx context.Context, way *pgconn.FallbackConfig) error {
	ctx, cancel := context.WithTimeout(ctx, whyLimit)
	defer cancel()
	conn, err := c.config.DialFunc(ctx, "tcp", net.JoinHostPort(way.Host, strconv.Itoa(int(way.Port))))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	until, _ := ctx.Deadline() // set above
	if err := conn.SetDeadline(until); err != nil {
		return err
	}
	// SSLRequest: its length and its number; 'S' is the answer of a server that
	// speaks TLS.
	if _, err := conn.Write(binary.BigEndian.AppendUint32([]byte{0, 0, 0, 8}, 80877103)); err != nil {
		return err
	}
	var answer [1]byte
	if _, err := io.ReadFull(conn, answer[:]); err != nil {
		return err
	}
	if answer[0] != 'S' {
		return trust.ErrNoTLS
	}
	_, err = tls.Client(conn, way.TLSConfig).Read(answer[:])
	return err
}

package sound

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	"github.com/jfreymuth/pulse/proto"

	"github.com/wardlight/wardlight/app/tongue"
)

// pulse plays through PulseAudio, or PipeWire in its place: both speak the same
// protocol. Each operation has a connection of its own, so that a service that
// was restarted is met anew and one that hangs costs one goroutine at most a
// while: its connection is closed when its time is up.
type pulse struct{}

// chunk is the size of the packets in which a wave is handed over, in bytes.
const chunk = 1 << 16

func (pulse) Play(ctx context.Context, w Wave) error {
	return with(ctx, w.Length()+Limit, func(s *session) error { return s.play(w) })
}

func (pulse) State(ctx context.Context) State {
	var state State
	err := with(ctx, Limit, func(s *session) (err error) {
		state, err = s.state()
		return err
	})
	if err != nil {
		return stateOf(err)
	}
	return state
}

// session is one connection.
type session struct {
	client *proto.Client
	conn   net.Conn
	killed chan struct{} // holds a value once the service has ended the stream
}

// with runs one operation on a connection of its own, within a limit.
func with(ctx context.Context, limit time.Duration, operation func(*session) error) error {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var conn atomic.Pointer[net.Conn]
	done := make(chan error, 1)
	go func() {
		s, err := dial()
		if err != nil {
			done <- err
			return
		}
		defer s.conn.Close()
		conn.Store(&s.conn)
		if limited.Err() != nil { // given up while it dialled
			return
		}
		s.client.SetTimeout(limit) // of one request; the limit of all is ctx's
		done <- operation(s)
	}()
	select {
	case err := <-done:
		return explain(err)
	case <-limited.Done():
		if c := conn.Load(); c != nil {
			// The service drops the stream, and its sound, with the connection.
			_ = (*c).Close()
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return ErrHanging
	}
}

// dial connects to the service of this login: PULSE_SERVER, or the socket in
// XDG_RUNTIME_DIR. It waits a second for the answer to its greeting.
func dial() (*session, error) {
	client, conn, err := proto.Connect("")
	if err != nil {
		return nil, err
	}
	s := &session{client: client, conn: conn, killed: make(chan struct{}, 1)}
	client.Callback = func(message any) {
		switch message.(type) {
		case *proto.PlaybackStreamKilled, *proto.ConnectionClosed:
			select {
			case s.killed <- struct{}{}:
			default:
			}
		}
	}
	name := proto.PropList{"application.name": proto.PropListString("Wardlight")}
	if err := client.Request(&proto.SetClientName{Props: name}, &proto.SetClientNameReply{}); err != nil {
		conn.Close()
		return nil, err
	}
	return s, nil
}

// play hands the whole wave over before it starts, so that nothing this program
// does later can tear it.
func (s *session) play(w Wave) error {
	data := w.led()
	var stream proto.CreatePlaybackStreamReply
	err := s.client.Request(&proto.CreatePlaybackStream{
		SampleSpec: proto.SampleSpec{Format: proto.FormatInt16LE, Channels: 1, Rate: Rate},
		ChannelMap: proto.ChannelMap{proto.ChannelMono}, ChannelVolumes: proto.ChannelVolumes{uint32(proto.VolumeNorm)},
		SinkIndex: proto.Undefined, Corked: true,
		BufferMaxLength: uint32(len(data)), BufferTargetLength: uint32(len(data)),
		// 40 ms: how late the device may begin
		BufferPrebufferLength: uint32(len(data)), BufferMinimumRequest: 2 * Rate / 25,
		EarlyRequests: true,
		// A volume slider may have muted this program once; the alarm is not bound
		// by it. Volume stays as it was set: see State.
		MutedSet: true, Muted: false,
		Properties: proto.PropList{"media.name": proto.PropListString("Alert")},
	}, &stream)
	if err != nil {
		return err
	}
	for len(data) > 0 {
		n := min(len(data), chunk)
		if err := s.client.Send(stream.StreamIndex, data[:n]); err != nil {
			return err
		}
		data = data[n:]
	}
	if err := s.client.Request(&proto.CorkPlaybackStream{StreamIndex: stream.StreamIndex}, nil); err != nil {
		return err
	}
	played := make(chan error, 1)
	go func() { played <- s.client.Request(&proto.DrainPlaybackStream{StreamIndex: stream.StreamIndex}, nil) }()
	select {
	case err := <-played:
		return err
	case <-s.killed: // the device went while it played
		return ErrAbsent
	}
}

// noSink is the sink that the service makes where there is no device.
const noSink = "auto_null"

// state asks for the default sink, where a stream without a wish goes.
func (s *session) state() (State, error) {
	var server proto.GetServerInfoReply
	if err := s.client.Request(&proto.GetServerInfo{}, &server); err != nil {
		return State{}, err
	}
	if server.DefaultSinkName == "" || server.DefaultSinkName == noSink {
		return State{Kind: Absent, Volume: -1, Reason: tongue.Key("this computer has no loudspeaker")}, nil
	}
	var sink proto.GetSinkInfoReply
	if err := s.client.Request(&proto.GetSinkInfo{SinkIndex: proto.Undefined, SinkName: server.DefaultSinkName},
		&sink); err != nil {
		return State{}, err
	}
	loudest := uint32(0)
	for _, v := range sink.ChannelVolumes {
		loudest = max(loudest, v)
	}
	volume := int((uint64(loudest)*100 + uint64(proto.VolumeNorm)/2) / uint64(proto.VolumeNorm))
	for _, p := range sink.Ports {
		if p.Name == sink.ActivePortName && p.Available == portUnplugged {
			return State{Kind: Absent, Device: sink.Device, Volume: volume,
				Reason: tongue.Key("nothing is plugged into the sound output")}, nil
		}
	}
	return heard(sink.Device, volume, sink.Mute), nil
}

// portUnplugged is PA_PORT_AVAILABLE_NO of the protocol.
const portUnplugged = 1

// explain names what an error of the service means.
func explain(err error) error {
	switch {
	case err == nil, errors.Is(err, ErrAbsent):
		return err
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%w: %w", ErrHanging, err)
	default:
		return fmt.Errorf("%w: %w", ErrAbsent, err)
	}
}

/*
 * A stand-in for MightyCall's WebPhone SDK, served by Switchboard's simulator. It has the documented surface and calls
 * nobody: a call that is begun "connects" after a moment, so that a page can be tried out without a telephone.
 */
(function (global) {
  'use strict';

  function event() {
    var listeners = [];
    return {
      subscribe: function (listener) { listeners.push(listener); },
      unsubscribe: function (listener) { listeners = listeners.filter(function (other) { return other !== listener; }); },
      fire: function (value) { listeners.slice().forEach(function (listener) { listener(value); }); }
    };
  }

  var names = ['OnReady', 'OnError', 'OnFail', 'OnOffline', 'OnInactive', 'OnStatusChange', 'OnLoadConfig',
    'OnCallIncoming', 'OnCallOutgoing', 'OnCallStarted', 'OnCallCompleted', 'OnCallRejected', 'CallPartiesChanged',
    'OnHangUp', 'OnMute', 'OnUnMute', 'OnAccept', 'OnReject', 'OnHold', 'OnUnHold'];
  var phone = {};
  var call = {};
  names.forEach(function (name) { phone[name] = event(); call[name] = phone[name]; });

  var status = 'inactive';
  var userStatus = 'available';
  var current = null;
  var timer = null;

  function become(next) {
    status = next;
    phone.OnStatusChange.fire(next);
  }

  function described(from, to, direction) {
    return {
      From: from,
      To: to,
      Id: '00000000-0000-4000-8000-' + String(Date.now()).slice(-12),
      DateTimeUtc: new Date().toISOString().replace('Z', '0000Z'),
      Direction: direction
    };
  }

  function end() {
    clearTimeout(timer);
    if (current) {
      var over = current;
      current = null;
      phone.OnCallCompleted.fire(over);
    }
    become('ready');
  }

  phone.Init = function () {
    phone.OnLoadConfig.fire();
    setTimeout(function () { become('ready'); phone.OnReady.fire(); }, 0);
  };
  phone.Call = function (number) {
    if (current) { return; }
    current = described('', String(number), 'Outgoing');
    become('call_outgoing');
    phone.OnCallOutgoing.fire({ From: current.From, To: current.To });
    timer = setTimeout(function () { become('call_started'); phone.OnCallStarted.fire(current); }, 1500);
  };
  phone.Focus = function () {};
  phone.Status = function () { return status; };
  phone.HangUp = function () { phone.OnHangUp.fire(); end(); };
  phone.Mute = function () { phone.OnMute.fire(); };
  phone.UnMute = function () { phone.OnUnMute.fire(); };

  call.Accept = function () { phone.OnAccept.fire(); };
  call.Reject = function () { phone.OnReject.fire(); phone.OnCallRejected.fire(); end(); };
  call.Hold = function () { phone.OnHold.fire(); };
  call.UnHold = function () { phone.OnUnHold.fire(); };

  var profile = {
    OnStatusChange: event(),
    GetUserStatus: function () { return Promise.resolve(userStatus); },
    SetUserStatus: function (next) {
      if (next !== 'available' && next !== 'dnd') {
        return Promise.reject(new Error('status: available or dnd'));
      }
      userStatus = next;
      profile.OnStatusChange.fire(next);
      return Promise.resolve(next);
    }
  };

  global.MightyCallWebPhone = {
    // the key pair is not kept: nobody is asked for anything
    ApplyConfig: function () {},
    Phone: phone,
    Call: call,
    Profile: profile
  };
}(typeof window === 'undefined' ? globalThis : window));

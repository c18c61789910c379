(function(){ if (a) { b(); } })();
window["state"] = window["state"] || {};
window["state"] = {a: "x", 'b': [1, 2,], c: {d: null}};
var list=[1,2];data.push({"k":"v"});
self.queue.push([1,"text"]); return {e: 1}

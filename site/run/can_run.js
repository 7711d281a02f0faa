// Before JupyterLite starts: can this browser run a lesson? If not, one sentence and the ways that remain.
// If it can, Python starts at once. Old browsers read this file too, so its syntax is that of 2015.

(() => {
  var script = document.currentScript;
  var reason = missing();
  if (reason) {
    refuse(reason);
  } else {
    tryToKeep();
  }

  function missing() {
    if (!window.isSecureContext)
      return "The address of this page begins with http:, and browsers run lessons from https: only";
    if (typeof WebAssembly !== "object" || !WebAssembly.Tag)
      return "This browser has no WebAssembly with exceptions, in which Python runs here";
    if (!window.indexedDB) return "This browser does not let pages keep anything, so your work would be lost";
    if (!navigator.serviceWorker)
      return "This browser allows no service worker here (a private window may be the reason), so your progress would be lost";
    if (!hasModuleWorkers()) return "This browser lacks module workers, in which Python runs here";
    return "";
  }

  function hasModuleWorkers() {
    var has = false;
    try {
      new Worker("data:,", {
        get type() {
          has = true;
          return "module";
        },
      }).terminate();
    } catch (_error) {
      has = false;
    }
    return has;
  }

  // Some browsers have a storage, and refuse to open it.
  function tryToKeep() {
    var request = indexedDB.open("course-can-keep");
    request.onerror = () => {
      refuse("This browser does not let this page keep anything, so your work would be lost");
    };
    request.onsuccess = () => {
      request.result.close();
      indexedDB.deleteDatabase("course-can-keep");
      startPython();
    };
  }

  // The kernel takes this worker instead of a new one. It reads and writes files by way of the service worker, so that
  // has to be there first; its address is JupyterLite's. A host that isolates its pages needs another kind of worker.
  function startPython() {
    var service = navigator.serviceWorker;
    if (window.crossOriginIsolated) return;
    if (service.controller) {
      startWorker();
    } else {
      service.addEventListener("controllerchange", startWorker, { once: true });
      service.register("../service-worker.js?enableCache=false").catch(console.warn);
    }
  }

  function startWorker() {
    if (window.courseWorker === undefined) {
      window.courseWorker = new Worker(script.dataset.worker, { type: "module" });
    }
  }

  function refuse(why) {
    window.stop();
    var root = document.documentElement;
    root.lang = "en";
    root.innerHTML = "<head><title>This browser cannot run lessons</title></head><body></body>";
    var main = document.createElement("main");
    main.style.cssText = "font: 1.1rem/1.5 sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem";
    main.innerHTML =
      "<h1>This lesson cannot run in this browser</h1><p id='why'></p><p>You can</p><ul>" +
      "<li>open this address in a newer Chrome, Edge, Firefox or Safari, in an ordinary window;</li>" +
      "<li><a href='../../index.html'>read the lessons</a>, with all their pictures;</li>" +
      "<li><a href='../../install.html'>install the course</a> on a computer.</li></ul>";
    document.body.appendChild(main);
    document.getElementById("why").textContent = `${why}.`;
  }
})();
